import { translate as translateRefusal } from '../credentials/refusal';
import type { RefusalContext } from '../credentials/refusal-context';
import type { Failure } from '../failures/failure';

/** What the one table of refusals says of an error that a call to AWS ended with. */
export function translate(error: unknown, context: RefusalContext): Failure {
  return translateRefusal(error, context);
}
