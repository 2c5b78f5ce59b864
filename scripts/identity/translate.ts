import { translate as translateRefusal } from '../credentials/refusals/refusal';
import type { RefusalContext } from '../credentials/refusals/refusal-context';
import type { Failure } from '../failures/failure';

/** What the one table of refusals says of an error that a call to AWS ended with. */
export function translate(error: unknown, context: RefusalContext): Failure {
  return translateRefusal(error, context);
}
