import { Failure } from '../failures/failure';
import { describeEnding } from '../process/ending';
import { cdkFailed } from './cdk-failed';
import type { HandedOver } from './arguments';
import type { Ending } from '../process/spawn';

/** What a proof of the identity says after CDK failed. */
export type ProofAgain =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** A run of CDK that failed. */
export interface FailedRun {
  readonly command: HandedOver;
  readonly ending: Ending;
  /** The person's command, to copy: `npm run deploy -- --yes`. */
  readonly again: string;
  /** The command that deploys the same stacks to the same place. */
  readonly deploys: string;
  /** When the credentials expire, where that is known. */
  readonly expiration: Date | null;
  readonly now: Date;
  /** Whether `cdk diff` was asked to fail where there are differences. CDK's code is the same for both. */
  readonly failsOnDifferences: boolean;
}

const sessionEnded: ReadonlySet<string> = new Set(['EXPIRED_CREDENTIALS', 'SSO_LOGIN_REQUIRED', 'MFA_REQUIRED', 'INVALID_SESSION_TOKEN']);

/**
 * What to tell a person after CDK failed: whether the session ended in the middle, that CloudFormation goes on, and
 * how to resume. CDK itself shows an expired session as a fault of its own.
 *
 * @param prove asks STS again with the same credentials; throws a Failure where they are refused
 */
export async function explainFailure(run: FailedRun, prove: () => Promise<unknown>): Promise<Failure> {
  const again: ProofAgain = await prove().then((): ProofAgain => ({ kind: 'valid' }), (error: unknown): ProofAgain => {
    if (error instanceof Failure) return { kind: 'refused', failure: error };
    throw error;
  });
  if (again.kind === 'valid') return explainedByCdk(run);
  if (!sessionEnded.has(again.failure.code)) {
    return cdkFailed(run.command, run.ending, `${again.failure.fix}\nThen resume: ${run.again}`, `Its own output above says more; the credentials were proved before, and now: ${again.failure.message}${goesOn(run)}`);
  }
  const when = run.expiration !== null && run.expiration <= run.now ? ` at ${run.expiration.toISOString()}` : '';
  return new Failure({
    code: 'CDK_FAILED',
    message: `cdk ${run.command} ${describeEnding(run.ending)}, because the session ended${when}.${goesOn(run)}`,
    fix: `${again.failure.fix}\nThen resume: ${run.again}`,
    cause: again.failure,
  });
}

function goesOn({ command }: FailedRun): string {
  return command === 'diff' ? '' : ' What CloudFormation has begun goes on without us.';
}

/** The credentials still hold, so that CDK's own words are the explanation. One that was killed did not wait for CloudFormation. */
function explainedByCdk(run: FailedRun): Failure {
  const { command, ending, again, deploys, failsOnDifferences } = run;
  if (!failsOnDifferences) {
    return cdkFailed(command, ending, `Correct what it says, then run again: ${again}`, `Its own output above says why; the credentials still hold.${ending.kind === 'killed' ? goesOn(run) : ''}`);
  }
  return cdkFailed(command, ending, `Deploy the differences: ${deploys}`, 'With --fail it ends so where there are differences, and where it could not compare. Its own output above says which.');
}
