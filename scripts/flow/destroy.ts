import { publish } from '../cdk/publish';
import { confirmed } from './confirm';
import { cdkOutput, handOver } from './hand-over';
import { withStacksLocked } from './lock-stacks';
import { showPlan } from './plan';
import { prepare, type Prepared } from './prepare';
import type { Run } from './run';

/** `npm run destroy`: deletes the stacks. */
export async function destroy(run: Run): Promise<void> {
  const prepared = await prepare(run, 'destroy');
  await withStacksLocked(run, prepared.session, prepared.stacks, () => destroyPrepared(run, prepared));
}

async function destroyPrepared(run: Run, { session, assembly, stacks, fresh }: Prepared): Promise<void> {
  const { options, surroundings } = run;
  showPlan(run, session, assembly, stacks.map((stack) => ({ stack, change: { kind: 'destroy' } })));
  await confirmed(run, session, { text: `Destroy this in account ${session.proof.identity.account} in ${session.region.value}?`, reads: false });
  await handOver(run, { command: 'destroy', session, assembly, stacks: options.stacks, args: options.cdkArguments, output: cdkOutput(run) });
  if (fresh) publish(assembly, surroundings.projectDirectory);
}
