import type { Found } from '../credentials/source';
import { Failure } from '../failures/failure';
import type { Run } from './run';

/**
 * Runs `work` with what was found; where a login is needed for it, a person at a terminal is offered to log in now, and
 * it runs again. Elsewhere the failure says the exact command.
 *
 * @throws what `work` throws; the failure of the login
 */
export async function withLogin<Result>(run: Run, found: Found, work: (found: Found) => Promise<Result>): Promise<Result> {
  try {
    return await work(found);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'SSO_LOGIN_REQUIRED' || !run.canAsk) throw error;
    const { logInNow } = await import('./log-in-now');
    return work(await logInNow(run, found, error));
  }
}
