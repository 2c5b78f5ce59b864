import type { CheckResult } from '../checks/check';
import { warn } from '../checks/result';
import type { Session } from './session';

export const isMissingBootstrap = (result: CheckResult): boolean => result.status === 'fail' && result.code === 'NOT_BOOTSTRAPPED';

/** A missing bootstrap as this run shows it: the deploy to a local AWS makes it, so there it is no failure. */
export function softened(result: CheckResult, session: Session): CheckResult {
  return isMissingBootstrap(result) && session.found.source === 'local' ? warn('bootstrap', 'not bootstrapped yet; deploy does it first', null) : result;
}
