import type { JsonObject } from '../configuration/json-object';
import { dateIn } from './date-in';
import { registered } from './sessions/assume-role';
import type { Credentials } from './source';

/**
 * The session whose AccessKeyId, SecretAccessKey and Expiration `fields` of a file or of an answer are, registered as secret.
 * `null` where one of them lacks, or is something else.
 *
 * @param tokenName what the token is called there
 */
export function sessionOf(fields: JsonObject, tokenName: 'SessionToken' | 'Token'): (Credentials & { readonly expiration: Date }) | null {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Expiration: ends, [tokenName]: sessionToken } = fields;
  const expiration = dateIn(ends);
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string' || typeof sessionToken !== 'string' || expiration === null) return null;
  return { ...registered({ accessKeyId, secretAccessKey, sessionToken }), expiration };
}
