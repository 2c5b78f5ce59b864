import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { invalidToken, noJwt, noVerificationKey } from './web-identity-errors';
import type { WebToken } from './web-token';

interface Algorithm {
  readonly hash: string;
  readonly keyType: 'RSA' | 'EC';
  readonly curve?: string;
}

/**
 * Those that STS takes. Neither `none` nor one whose key is a shared secret is among them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-3.1
 */
const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { hash: 'sha256', keyType: 'RSA' }],
  ['RS384', { hash: 'sha384', keyType: 'RSA' }],
  ['RS512', { hash: 'sha512', keyType: 'RSA' }],
  ['ES256', { hash: 'sha256', keyType: 'EC', curve: 'P-256' }],
  ['ES384', { hash: 'sha384', keyType: 'EC', curve: 'P-384' }],
  ['ES512', { hash: 'sha512', keyType: 'EC', curve: 'P-521' }],
]);

/**
 * Proves that one of the issuer's keys signed the token.
 *
 * @throws AwsError InvalidIdentityToken
 */
export function verifyTokenSignature({ algorithm: name, keyId, signed, signature }: WebToken, keys: readonly JsonWebKey[]): void {
  const algorithm = algorithms.get(name);
  if (algorithm === undefined) throw noJwt();
  const fitting = keys.filter((key) => fits(key, name, algorithm) && (keyId === null || key['kid'] === keyId)).flatMap((key) => publicKey(key) ?? []);
  if (fitting.length === 0) throw noVerificationKey();
  // RFC 7518, 3.4: an ECDSA signature is its two numbers one after the other, not DER.
  if (!fitting.some((key) => verify(algorithm.hash, signed, { key, dsaEncoding: 'ieee-p1363' }, signature))) {
    throw invalidToken('The signature of the ID Token provided is not valid.');
  }
}

function fits(key: JsonWebKey, name: string, { keyType, curve }: Algorithm): boolean {
  if (key.kty !== keyType || (key['use'] ?? 'sig') !== 'sig' || (key['alg'] ?? name) !== name) return false;
  return curve === undefined || key.crv === curve;
}

/** Null for what is no key after all. */
function publicKey(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return null;
  }
}
