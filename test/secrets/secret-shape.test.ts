import * as fc from 'fast-check';
import { holdsCredential, looksLikeSecretKey } from '../../scripts/secrets/secret-shape';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

describe('the shape of a secret access key', () => {
  test('fits what AWS draws at random, all but two in a thousand', () => {
    const secrets = fc.sample(fc.array(fc.constantFrom(...alphabet.split('')), { minLength: 40, maxLength: 40 }).map((characters) => characters.join('')), { numRuns: 5000, seed: 7 });
    expect(secrets.filter((secret) => !looksLikeSecretKey(secret)).length).toBeLessThanOrEqual(10);
  });

  test.each([
    ['hexadecimal', '0123456789abcdef0123456789abcdef01234567'],
    ['words', 'MyCompanyProductionEuWest1NotesStack2026'],
    ['one letter', 'a'.repeat(40)],
    ['39 characters', 'wJ9kqZt3XbLm2RvYc8HdNf5GpSx1Ea7Uo4TiQz0'],
    ['padding', 'wJ9kqZt3XbLm2RvYc8HdNf5GpSx1Ea7Uo4TiQz0='],
  ])('does not fit %s', (_, text) => {
    expect(looksLikeSecretKey(text)).toBe(false);
  });

  test('is not seen in a sha512 of a lockfile', () => {
    const digests = fc.sample(fc.uint8Array({ minLength: 64, maxLength: 64 }), { numRuns: 2000, seed: 7 });
    expect(digests.filter((digest) => holdsCredential(`sha512-${Buffer.from(digest).toString('base64')}`))).toEqual([]);
  });
});
