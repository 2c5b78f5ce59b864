import { publish } from '../cdk/publish';
import { doneLine } from '../terminal/summary-text';
import { confirmed } from './confirm';
import { cdkOutput, handOver } from './hand-over';
import { showPlan } from './plan';
import { prepare } from './prepare';
import type { Run } from './run';

/** `npm run diff`: what a deploy would change, in CDK's words. */
export async function diff(run: Run): Promise<void> {
  const { options, surroundings, screen } = run;
  const { session, cdk, assembly, fresh } = await prepare(run, 'diff');
  await showPlan(run, session, assembly, []);
  screen.line();
  await confirmed(run, session, { text: `Compare with account ${session.proof.identity.account} in ${session.region.value}?`, reads: true });
  const started = performance.now();
  await handOver(run, { command: 'diff', session, assembly, stacks: options.stacks, args: options.cdkArguments, output: cdkOutput(run), cdk });
  screen.line();
  screen.line(doneLine('Compared', `with account ${session.proof.identity.account} in ${session.region.value}`, performance.now() - started, screen.style));
  if (fresh) publish(assembly, surroundings.projectDirectory);
}
