import type { CheckResult } from '../checks/check';
import { warn } from '../checks/result';
import type { Run } from './run';
import type { Session } from './session';

/** Whether a check failed because the bootstrap is missing or too old. */
export const isMissingBootstrap = (result: CheckResult): result is Extract<CheckResult, { readonly status: 'fail' }> => result.status === 'fail' && result.code === 'NOT_BOOTSTRAPPED';

/** Whether this run comes to know where its stacks go: only then is it known which bootstraps they need. */
export function hasAssembly({ options: { command, synth, assembly } }: Pick<Run, 'options'>): boolean {
  return command === 'deploy' || command === 'diff' || command === 'destroy' || synth || assembly !== undefined;
}

/** `result`, but for a missing bootstrap of the local AWS: the deploy makes that by itself, so that it only warns. */
export function softened(result: CheckResult, session: Session): CheckResult {
  return isMissingBootstrap(result) && session.found.source === 'local' ? warn('bootstrap', 'not bootstrapped yet; deploy does it first', null) : result;
}

/** The same before the assembly is there, where a missing bootstrap only warns: perhaps no stack needs it. */
export function softenedAhead(run: Pick<Run, 'options'>, result: CheckResult, session: Session): CheckResult {
  const shown = softened(result, session);
  return isMissingBootstrap(shown) && hasAssembly(run) ? warn('bootstrap', `${shown.message} The synthesis tells whether a stack needs it.`, null) : shown;
}
