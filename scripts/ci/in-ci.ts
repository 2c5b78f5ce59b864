import { variableIn, type Environment } from '../process/environment';

/** Whether a CI system runs this: `CI` is set, and neither empty, `false` nor `0`. */
export function inCi(environment: Environment): boolean {
  return !['', 'false', '0'].includes((variableIn(environment, 'CI') ?? '').toLowerCase());
}
