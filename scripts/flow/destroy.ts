import { publish } from '../cdk/publish';
import { shellWord } from '../process/shell-word';
import { nextCommands, nothingLine, removalLines } from '../terminal/summary-text';
import { confirmed } from './confirm';
import { cdkOutput, handOver } from './hand-over';
import { withStacksLocked } from './lock-stacks';
import { removalsOf, showPlan } from './plan';
import { prepare, type Prepared } from './prepare';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';

/** `npm run destroy`: deletes the stacks. Where there are none nobody is asked, and CDK, which would call them destroyed, does not run. */
export async function destroy(run: Run): Promise<void> {
  const prepared = await prepare(run, 'destroy');
  await withStacksLocked(run, prepared.session, prepared.stacks, () => destroyPrepared(run, prepared));
}

async function destroyPrepared(run: Run, { session, cdk, assembly, stacks, fresh }: Prepared): Promise<void> {
  const { options, surroundings, screen } = run;
  const [account, region] = [session.proof.identity.account, session.region.value];
  const removals = await removalsOf(run, session, stacks);
  await showPlan(run, session, assembly, removals);
  screen.line();
  if (removals.every(({ change }) => change.kind === 'absent')) return screen.line(nothingLine({ account, region }, screen.style));
  await confirmed(run, session, { text: `Destroy this in account ${account} in ${region}?`, reads: false });
  const started = performance.now();
  await handOver(run, { command: 'destroy', session, assembly, stacks: options.stacks, args: options.cdkArguments, output: cdkOutput(run), cdk });
  screen.line();
  for (const line of removalLines({ account, region, durationMs: performance.now() - started, stacks: removals }, screen.style)) screen.line(line);
  if (fresh) publish(assembly, surroundings.projectDirectory);
  for (const line of nextCommands([npmRun('deploy', ...options.stacks.map(shellWord), leadingTo(options, session))], screen.style)) screen.line(line);
}
