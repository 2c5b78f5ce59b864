import { asksForJson } from '../../scripts/options/asks-for-json';
import { parseOptions } from '../../scripts/options/parse';

test.each([
  [['--json'], true], [['-j'], true], [['--json=true'], true], [['--json', 'true'], true], [['-vj'], true],
  [[], false], [['--json=false'], false], [['--json', 'false'], false], [['--no-json'], false], [['--json', '--no-json'], false],
])('%j: as the options have it', (argv, asked) => {
  expect(asksForJson('preflight', argv)).toBe(asked);
  expect(parseOptions('preflight', argv).json).toBe(asked);
});

test.each([['--json', '--acount', '1'], ['--acount', '1', '-j'], ['--json=true', '--profile']])('%s %s %s: what is wrong is told in JSON', (...argv) => {
  expect(() => parseOptions('preflight', argv)).toThrow(/has no option --acount|--profile needs a value/);
  expect(asksForJson('preflight', argv)).toBe(true);
});

test('a value that reads like it is a value', () => {
  expect(asksForJson('call', ['POST', '/notes', '--data=--json'])).toBe(false);
});
