import * as fc from 'fast-check';
import { encodingsOf } from '../../scripts/secrets/encodings';

const secrets = fc.string({ minLength: 16, maxLength: 60, unit: 'binary-ascii' });

function isFound(secret: string, text: string): boolean {
  return encodingsOf(secret).some((form) => text.includes(form));
}

describe('the forms of a secret', () => {
  test('are found raw, in JSON, in URLs and in hex, whatever is around them', () => {
    expect(() => fc.assert(fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const whole = `${before}${secret}${after}`;
      const hex = Buffer.from(secret).toString('hex');
      const texts = [whole, JSON.stringify(whole), `${encodeURIComponent(`${before}/`)}${encodeURIComponent(secret)}`, hex, hex.toUpperCase()];
      return texts.every((text) => isFound(secret, text));
    }), { numRuns: 10_000 })).not.toThrow();
  });

  test('are found in base64 and base64url at every alignment', () => {
    expect(() => fc.assert(fc.property(fc.string({ minLength: 18, maxLength: 60 }), fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (secret, before, after) => {
      const whole = Buffer.concat([before, Buffer.from(secret), after]);
      return isFound(secret, whole.toString('base64')) && isFound(secret, whole.toString('base64url'));
    }), { numRuns: 10_000 })).not.toThrow();
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
