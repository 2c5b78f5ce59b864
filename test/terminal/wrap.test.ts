import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { wrap } from '../../scripts/terminal/wrap';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '-', '/', '→'), minLength: 1, maxLength: 30 });
const text = fc.array(fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const indents = fc.nat(8).map((length) => ' '.repeat(length));

function words(of: string): string[] {
  return of.split(/\s+/).filter(Boolean);
}

test('no line is wider than the columns unless it is one word, and no word is lost', () => {
  fc.assert(fc.property(text, fc.integer({ min: 10, max: 120 }), indents, fc.nat(9), (given, columns, indent, taken) => {
    const lines = wrap(given, columns, indent, taken).split('\n');
    for (const [index, line] of lines.entries()) {
      const used = line.length + (index === 0 ? taken : 0);
      expect(used <= columns || words(line).length === 1).toBe(true);
      expect(index === 0 || line === '' || line.startsWith(indent)).toBe(true);
    }
    expect(words(lines.join('\n'))).toEqual(words(given));
  }));
});

test('no line is broken that would have fitted', () => {
  fc.assert(fc.property(fc.array(word, { minLength: 2, maxLength: 12 }), fc.integer({ min: 10, max: 60 }), (given, columns) => {
    const lines = wrap(given.join(' '), columns).split('\n');
    for (const [index, line] of lines.entries()) {
      const next = words(lines[index + 1] ?? '')[0];
      expect(next === undefined || `${line} ${next}`.length > columns).toBe(true);
    }
  }));
});

test('colours take no columns, and none is lost', () => {
  fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), fc.integer({ min: 10, max: 60 }), (given, columns) => {
    const coloured = wrap(given.map((one) => `\u001b[1m${one}\u001b[22m`).join(' '), columns);
    expect(stripVTControlCharacters(coloured)).toBe(wrap(given.join(' '), columns));
    expect(coloured.split('\u001b[1m')).toHaveLength(given.length + 1);
  }));
});

test.each<[string, number | null, string, number, string]>([
  ['a pipe has no width', null, '', 0, 'a pipe has no width'],
  ['one two three', 7, '  ', 2, 'one\n  two\n  three'],
  ['abcdefgh ij', 10, '  ', 8, '\n  abcdefgh\n  ij'],
  ['one\n\n  npm run deploy   as it is\ntwo', 10, '> ', 0, 'one\n\n>   npm run deploy   as it is\n> two'],
  ['', 10, '  ', 2, ''],
])('%j at %p', (given, columns, indent, taken, expected) => {
  expect(wrap(given, columns, indent, taken)).toBe(expected);
});
