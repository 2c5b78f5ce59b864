import { Failure } from '../failures/failure';
import { describeEnding } from '../process/ending';
import type { Ending } from '../process/spawn';

/**
 * CDK did not succeed, and has said why in its own output.
 *
 * @param command of CDK: `deploy`
 * @param why a whole sentence or more, behind how it ended
 */
export function cdkFailed(command: string, ending: Ending, fix: string, why = 'Its own output above says why.'): Failure {
  return new Failure({ code: 'CDK_FAILED', message: `cdk ${command} ${describeEnding(ending)}. ${why}`, fix });
}
