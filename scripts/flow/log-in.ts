import type { Found } from '../credentials/source';
import { Failure } from '../failures/failure';
import type { Run } from './run';

/**
 * Runs `work`, which needs a login; where there is none, or it has ended, a person at a terminal is offered to log in
 * now, and it runs again. Elsewhere the failure says the exact command.
 *
 * @throws what `work` throws; the failure of the login
 */
export async function withLogin<Result>(run: Run, found: Pick<Found, 'profile' | 'title' | 'source' | 'renewal' | 'aws'>, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'SSO_LOGIN_REQUIRED' || !run.canAsk) throw error;
    const { logInNow } = await import('./log-in-now');
    await logInNow(run, found, error);
    return work();
  }
}
