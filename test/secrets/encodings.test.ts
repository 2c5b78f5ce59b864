import * as fc from 'fast-check';
import { encodingsOf } from '../../scripts/secrets/encodings';

const secrets = fc.string({ minLength: 16, maxLength: 60, unit: 'binary-ascii' });

function isFound(secret: string, text: string): boolean {
  return encodingsOf(secret).some((form) => text.includes(form));
}

describe('the forms of a secret', () => {
  test('are found raw, in JSON, in URLs and in hex, whatever is around them', () => {
    fc.assert(fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const whole = `${before}${secret}${after}`;
      expect(isFound(secret, whole)).toBe(true);
      expect(isFound(secret, JSON.stringify(whole))).toBe(true);
      expect(isFound(secret, `${encodeURIComponent(`${before}/`)}${encodeURIComponent(secret)}`)).toBe(true);
      const hex = Buffer.from(secret).toString('hex');
      expect(isFound(secret, hex)).toBe(true);
      expect(isFound(secret, hex.toUpperCase())).toBe(true);
    }), { numRuns: 2000 });
  });

  test('are found in base64 and base64url at every alignment', () => {
    fc.assert(fc.property(fc.string({ minLength: 18, maxLength: 60 }), fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (secret, before, after) => {
      const whole = Buffer.concat([before, Buffer.from(secret), after]);
      expect(isFound(secret, whole.toString('base64'))).toBe(true);
      expect(isFound(secret, whole.toString('base64url'))).toBe(true);
    }), { numRuns: 5000 });
  });

  test('with a slash are found where JSON escapes it', () => {
    expect(isFound('abcdefgh/ijklmnop+qrst', String.raw`{"s":"abcdefgh\/ijklmnop+qrst"}`)).toBe(true);
  });

  test('are none that ordinary text has: all are sixteen characters or the secret itself', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (secret) => {
      const [first, ...others] = encodingsOf(secret);
      expect(first).toBe(secret);
      for (const form of others) expect(form.length).toBeGreaterThanOrEqual(16);
    }));
  });
});
