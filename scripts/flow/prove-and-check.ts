import type { CheckResult } from '../checks/check';
import type { Credentials } from '../credentials/source';
import { Failure } from '../failures/failure';
import { findAndProve } from './find-and-prove';
import { softenedAhead } from './missing-bootstrap';
import { runChecks, runLocalChecks, show } from './run-checks';
import type { Run } from './run';
import type { Session } from './session';

/** What steps 1 to 3 have found out. */
export interface Checked {
  readonly session: Session;
  readonly results: readonly CheckResult[];
}

/**
 * Steps 1 to 3, with their lines shown.
 *
 * @throws Failure of what stopped it; a check that failed is a result
 */
export async function proveAndCheck(run: Run): Promise<Checked> {
  if (run.canAsk) await (await import('./mend-env-file')).mendEnvFile(run);
  const proving = findAndProve(run);
  const local = runLocalChecks(run, proving.then(credentialsInUse, () => null));
  local.catch(() => undefined); // it is awaited below, unless the run ends before
  try {
    const session = await proving;
    const check = (): Promise<CheckResult[]> => run.screen.busy('Checking the account and what git tracks', async () => [...await shownInTurn(run, session), ...await local]);
    // Keys that were typed may be pasted once more, and a question is yet to come.
    const results = session.typed ? await (await import('../terminal/prompts')).withPrompts((prompts) => prompts.busy(check)) : await check();
    for (const result of await local) show(run, result);
    return { session, results };
  } catch (error) {
    if (error instanceof Failure && error.exitCode < 100) for (const result of await local.catch(() => [])) show(run, result); // a failure there must not hide this one
    throw error;
  }
}

/** Each is shown as soon as it and those before it are decided. None is left out where another fails. */
async function shownInTurn(run: Run, session: Session): Promise<readonly CheckResult[]> {
  const started = performance.now();
  const timed = runChecks(run, session).map(async (check) => ({ result: await check, tookMs: performance.now() - started }));
  const all = Promise.all(timed);
  all.catch(() => undefined); // whichever is awaited first tells
  for (const one of timed) {
    const { result, tookMs } = await one;
    show(run, softenedAhead(run, result, session), tookMs);
  }
  return (await all).map(({ result }) => result);
}

/** Those of the AWS on this machine open nothing elsewhere, and change with each start of it. */
function credentialsInUse({ found, proof }: Session): Credentials | null {
  return found.source === 'local' ? null : proof.credentials;
}
