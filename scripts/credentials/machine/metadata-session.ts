import { jsonObjectIn } from '../../configuration/json-object';
import { sessionOf } from '../session-fields';
import type { Credentials } from '../source';

/** The session in an answer of a container's or an instance's endpoint; `null` where it is none. */
export function sessionIn(text: string): Credentials | null {
  return sessionOf(jsonObjectIn(text), 'Token');
}

/** What such an endpoint says went wrong, where it is a plain word: ` (AssumeRoleUnauthorizedAccess)`. Nothing else of it is shown. */
export function reasonIn(text: string): string {
  const { Code: upper, code: lower } = jsonObjectIn(text);
  const code = upper ?? lower;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? ` (${code})` : '';
}
