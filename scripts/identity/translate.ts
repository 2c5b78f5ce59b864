import { translate as translateRefusal, type RefusalContext } from '../credentials/refusal';
import type { Failure } from '../failures/failure';

/** What the one table of refusals says of an error that a call to AWS ended with. */
export function translate(error: unknown, context: RefusalContext): Failure {
  return translateRefusal(error, context);
}
