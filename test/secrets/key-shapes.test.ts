import * as fc from 'fast-check';
import { accessKeyIdPattern, maskAccessKeyId } from '../../scripts/secrets/key-shapes';

describe('a masked access key id', () => {
  test.each([['AKIAIOSFODNN7EXAMPLE', 'AKIA…MPLE'], ['ASIA12345678', 'ASIA…5678'], ['ASIA1234567', '****'], ['test', '****'], ['', '****']])('%j is %s', (id, masked) => {
    expect(maskAccessKeyId(id)).toBe(masked);
  });

  test('shows eight characters of any at most, is no id any more, and is as long whatever it hides', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (id) => {
      const masked = maskAccessKeyId(id);
      const isMasked = masked === `${id.slice(0, 4)}…${id.slice(-4)}` && !accessKeyIdPattern.test(masked);
      expect(id.length < 12 ? masked === '****' : isMasked).toBe(true);
    }), { numRuns: 10_000 });
  });

  test('does not tell ids apart by what is between', () => {
    const part = fc.string({ minLength: 4, maxLength: 12, unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.split('')) });
    fc.assert(fc.property(fc.constantFrom('AKIA', 'ASIA'), part, part, fc.string({ minLength: 4, maxLength: 4 }), (start, one, other, end) => {
      expect(maskAccessKeyId(start + one + end)).toBe(maskAccessKeyId(start + other + end));
    }), { numRuns: 10_000 });
  });
});
