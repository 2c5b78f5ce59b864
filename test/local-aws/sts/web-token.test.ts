import { generateKeyPairSync, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { assert, dictionary, jsonValue, oneof, property, string, tuple } from 'fast-check';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { verifyTokenSignature } from '../../../scripts/local-aws/sts/token-signature';
import { parseWebToken, textClaim, textsClaim, timeClaim } from '../../../scripts/local-aws/sts/web-token';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curves = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' } as const;
const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function signed(alg: string, key: KeyObject, hash: string): string {
  const text = `${encode({ alg })}.${encode({ iss: 'https://issuer.example' })}`;
  return `${text}.${sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** What is said of a token, or that it is right. */
function judge(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
  return 'right';
}

test.each(['256', '384', '512'])('RS%s is verified by an RSA key, and by no other', (bits) => {
  const token = parseWebToken(signed(`RS${bits}`, rsa.privateKey, `sha${bits}`));
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const own = rsa.publicKey.export({ format: 'jwk' });
  expect(judge(() => verifyTokenSignature(token, [other, own]))).toBe('right');
  expect(judge(() => verifyTokenSignature(token, [other]))).toBe('InvalidIdentityToken');
  expect(judge(() => verifyTokenSignature(token, [{ ...own, use: 'enc' }]))).toBe('InvalidIdentityToken');
});

test.each(['ES256', 'ES384', 'ES512'] as const)('%s is verified by a key of its own curve', (alg) => {
  const pair = generateKeyPairSync('ec', { namedCurve: curves[alg] });
  const token = parseWebToken(signed(alg, pair.privateKey, `sha${alg.slice(2)}`));
  const jwk: JsonWebKey = pair.publicKey.export({ format: 'jwk' });
  expect(judge(() => verifyTokenSignature(token, [jwk]))).toBe('right');
  expect(judge(() => verifyTokenSignature(token, [{ ...jwk, crv: 'secp256k1' }]))).toBe('InvalidIdentityToken');
  expect(judge(() => verifyTokenSignature({ ...token, signature: Buffer.alloc(token.signature.length) }, [jwk]))).toBe('InvalidIdentityToken');
});

test('whatever is sent is a token or refused as none', () => {
  const claims = dictionary(oneof(string(), string({ minLength: 3, maxLength: 3 })), jsonValue());
  const text = oneof(string(), tuple(claims, claims, string()).map((parts) => parts.map((part) => encode(part)).join('.')));
  assert(property(text, (token) => expect(['right', 'InvalidIdentityToken']).toContain(judge(() => parseWebToken(token)))), { numRuns: 500 });
});

test('a claim of another kind than it should be is refused, not taken for one that is missing', () => {
  assert(property(jsonValue(), (value) => {
    const token = parseWebToken(`${encode({ alg: 'RS256' })}.${encode({ aud: value, exp: value, sub: value })}.AA`);
    expect(judge(() => textClaim(token, 'sub'))).toBe(typeof value === 'string' && value !== '' ? 'right' : 'InvalidIdentityToken');
    expect(judge(() => timeClaim(token, 'exp'))).toBe(typeof value === 'number' ? 'right' : 'InvalidIdentityToken');
    const texts = Array.isArray(value) ? value : [value];
    expect(judge(() => textsClaim(token, 'aud'))).toBe(value === null || texts.every((each) => typeof each === 'string') ? 'right' : 'InvalidIdentityToken');
  }), { numRuns: 500 });
});
