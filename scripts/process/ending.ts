import type { Ending } from './spawn';

/** Whether a program ended by itself, with code 0. */
export function isSuccess(ending: Ending): boolean {
  return ending.kind === 'exited' && ending.code === 0;
}

/** How `ending` reads in a sentence: `ended with code 1`. */
export function describeEnding(ending: Ending): string {
  if (ending.kind === 'exited') return `ended with code ${ending.code}`;
  if (ending.kind === 'killed') return `was killed by ${ending.signal}`;
  return `could not be started (${ending.cause.code ?? 'unknown error'})`;
}
