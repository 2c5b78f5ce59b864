import type { AssemblyStack } from '../assembly/assembly';
import type { LoadedCdk } from '../cdk/loaded-cdk';
import { sealAssembly, type SealedAssembly } from '../assembly/seal';
import { authorityOf } from './authority-of';
import { bootstrapMeanwhile } from './bootstrap-first';
import { checkAssembly } from './check-assembly';
import { withAccountAlias, type Session } from './session';
import { ableToCallIam, exchangeKeys } from './exchange-keys';
import { loadCdkAhead } from './hand-over';
import { makeAssembly, type Made } from './make-assembly';
import { isMissingBootstrap } from './missing-bootstrap';
import { proveAndCheck, type Checked } from './prove-and-check';
import { verifyNoneFailed } from './run-checks';
import type { Run } from './run';
import { leadingTo } from './same-command';
import { selectedStacks } from './selected-stacks';
import { verifyMayChange } from './verify-may-change';

/** All that a command of CDK's needs to be handed over. */
export interface Prepared extends Made {
  readonly assembly: SealedAssembly;
  readonly session: Session;
  /** The CDK that is to do it, which loaded meanwhile. */
  readonly cdk: LoadedCdk;
  /** Those that CDK will take, in its order. */
  readonly stacks: readonly AssemblyStack[];
}

/**
 * Steps 1 to 6: all that can be known before AWS is changed. A deploy sees to a missing bootstrap.
 *
 * @param checked where steps 1 to 3 are done already
 * @throws Failure
 */
export async function prepare(run: Run, command: 'deploy' | 'diff' | 'destroy', checked?: Checked): Promise<Prepared> {
  const bootstraps = command === 'deploy';
  const { session: found, results } = checked ?? await proveAndCheck(run);
  verifyNoneFailed(results.filter((result) => !isMissingBootstrap(result)));
  const exchanged = await exchangeKeys(run, withAccountAlias(found));
  const cdk = await loadCdkAhead(run, exchanged);
  const meanwhile = bootstraps && found.found.source === 'local' && results.some(isMissingBootstrap);
  const bootstrapping = meanwhile ? bootstrapMeanwhile(run, exchanged) : null;
  // Whichever fails, the other is waited for: no child outlives the run.
  const [synthesis, bootstrapped] = await Promise.allSettled([makeAssembly(run, authorityOf(exchanged)), bootstrapping]);
  if (synthesis.status === 'rejected') throw synthesis.reason;
  if (bootstrapped.status === 'rejected') throw bootstrapped.reason;
  const made = synthesis.value;
  const stacks = selectedStacks(run.options, command, made.assembly, leadingTo(run.options, exchanged));
  const roleless = stacks.filter(({ deployRoleArn }) => deployRoleArn === null).map(({ id }) => id);
  const session = roleless.length === 0 ? exchanged : ableToCallIam(run, exchanged, `${roleless.join(', ')}, which assumes no role`);
  const seal = await sealAssembly(made.assembly.directory);
  await checkAssembly(run, session, made.assembly, { stacks, bootstraps });
  if (command !== 'diff') await run.screen.busy('Checking who may change the stacks', () => verifyMayChange(run, session, stacks));
  return { session, cdk, stacks, fresh: made.fresh, assembly: { ...made.assembly, seal } };
}
