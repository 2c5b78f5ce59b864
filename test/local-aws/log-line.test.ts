import * as fc from 'fast-check';
import { logLine } from '../../scripts/local-aws/log-line';
import { registerSecret } from '../../scripts/secrets/registry';

test('is without secrets', () => {
  registerSecret('wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz');
  expect(logLine('the key is wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz!')).toBe('the key is [redacted]!');
});

test('is one line, which cannot paint the terminal', () => {
  expect(logLine('\u001b[31mred\u001b[0m\r\n\u001b]0;title\u0007next\tone\u2028x')).toBe('red next one x');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(logLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  }));
});

test('ends somewhere', () => {
  expect(logLine('x'.repeat(5000))).toHaveLength(4001);
});
