import { isJsonObject } from '../../configuration/json-object';
import { missingClaim, noJwt } from './web-identity-errors';

/** A JSON Web Token as it was sent: nothing of it is proven. */
export interface WebToken {
  readonly algorithm: string;
  readonly keyId: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature is of. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/**
 * Reads the compact form of RFC 7515.
 *
 * @throws AwsError InvalidIdentityToken
 */
export function parseWebToken(text: string): WebToken {
  const parts = text.split('.');
  const [header = '', claims = '', signature = ''] = parts;
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) throw noJwt();
  const { alg, kid, crit } = parseObject(header);
  // RFC 7515, 4.1.11: what is critical and not understood makes the token invalid.
  if (typeof alg !== 'string' || crit !== undefined) throw noJwt();
  return {
    algorithm: alg,
    keyId: typeof kid === 'string' ? kid : null,
    claims: parseObject(claims),
    signed: Buffer.from(`${header}.${claims}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** @throws AwsError InvalidIdentityToken */
export function textClaim({ claims }: WebToken, name: string): string {
  const value = claims[name];
  if (value === undefined || value === null || value === '') throw missingClaim(name);
  if (typeof value !== 'string') throw noJwt();
  return value;
}

/**
 * Seconds since 1970; null where the token does not have the claim.
 *
 * @throws AwsError InvalidIdentityToken
 */
export function timeClaim({ claims }: WebToken, name: string): number | null {
  const value = claims[name];
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw noJwt();
  return value;
}

/**
 * The texts of a claim that is one text or a list of them; none where the token does not have it.
 *
 * @throws AwsError InvalidIdentityToken
 */
export function textsClaim({ claims }: WebToken, name: string): readonly string[] {
  const value: unknown = claims[name] ?? [];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return texts.map((each) => {
    if (typeof each !== 'string') throw noJwt();
    return each;
  });
}

function parseObject(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    if (isJsonObject(value)) return value;
  } catch {
    throw noJwt();
  }
  throw noJwt();
}
