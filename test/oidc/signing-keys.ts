import { generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Claims } from './claims';

export type Algorithm = 'RS256' | 'ES256';

/** A key pair that tokens are signed with, as a JWKS publishes it. */
export interface SigningKey {
  readonly algorithm: Algorithm;
  readonly kid: string;
  readonly jwk: JsonWebKey;
  readonly privateKey: KeyObject;
}

export function makeSigningKey(algorithm: Algorithm, kid: string): SigningKey {
  const pair = algorithm === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { algorithm, kid, jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid, alg: algorithm, use: 'sig' }, privateKey: pair.privateKey };
}

/**
 * A JSON Web Token in compact form: RFC 7519.
 *
 * @param header members to add or to replace; undefined takes one away
 */
export function signToken({ algorithm, kid, privateKey }: SigningKey, claims: Claims, header: Claims = {}): string {
  const text = [{ typ: 'JWT', alg: algorithm, kid, ...header }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  // RFC 7518, 3.4: of ECDSA the two numbers one after the other, not DER.
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
