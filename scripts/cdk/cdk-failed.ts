import { Failure } from '../failures/failure';
import type { Ending } from '../process/spawn';

/** How `ending` reads in a sentence: `ended with code 1`. */
export function describeEnding(ending: Ending): string {
  if (ending.kind === 'exited') return `ended with code ${ending.code}`;
  if (ending.kind === 'killed') return `was killed by ${ending.signal}`;
  return `could not be started (${ending.cause.code ?? 'unknown error'})`;
}

export function isSuccess(ending: Ending): boolean {
  return ending.kind === 'exited' && ending.code === 0;
}

/** CDK ended with something other than 0, which it has explained in its own output. */
export function cdkFailed(command: string, ending: Ending, fix: string, why = 'Its own output above says why.'): Failure {
  return new Failure({ code: 'CDK_FAILED', message: `cdk ${command} ${describeEnding(ending)}. ${why}`, fix });
}
