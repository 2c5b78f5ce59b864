import { publish } from '../cdk/publish';
import { confirmed } from './confirm';
import { cdkOutput, handOver } from './hand-over';
import { showPlan } from './plan';
import { prepare } from './prepare';
import type { Run } from './run';

/** `npm run destroy`: deletes the stacks. */
export async function destroy(run: Run): Promise<void> {
  const { options, surroundings } = run;
  const { session, assembly, stacks, fresh } = await prepare(run, 'destroy');
  showPlan(run, session, assembly, stacks.map((stack) => ({ stack, change: { kind: 'destroy' } })));
  await confirmed(run, session, { text: `Destroy this in account ${session.proof.identity.account} in ${session.region.value}?`, reads: false });
  await handOver(run, { command: 'destroy', session, assembly, stacks: options.stacks, args: options.cdkArguments, output: cdkOutput(run) });
  if (fresh) publish(assembly, surroundings.projectDirectory);
}
