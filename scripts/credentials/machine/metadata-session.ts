import { dateIn } from '../date-in';
import { registered } from '../sessions/assume-role';
import { jsonObjectIn } from '../../configuration/json-object';
import type { Credentials } from '../source';

/**
 * The session in an answer of a container's or an instance's endpoint: AccessKeyId, SecretAccessKey, Token, Expiration.
 * `null` where it is none.
 */
export function sessionIn(text: string): Credentials | null {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration: ends } = jsonObjectIn(text);
  const expiration = dateIn(ends);
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string' || typeof sessionToken !== 'string' || expiration === null) return null;
  return registered({ accessKeyId, secretAccessKey, sessionToken, expiration });
}

/** What such an endpoint says went wrong, where it is a plain word: ` (AssumeRoleUnauthorizedAccess)`. Nothing else of it is shown. */
export function reasonIn(text: string): string {
  const { Code: upper, code: lower } = jsonObjectIn(text);
  const code = upper ?? lower;
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? ` (${code})` : '';
}
