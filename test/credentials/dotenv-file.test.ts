import * as fc from 'fast-check';
import { dotenvValues, parseDotenv, readDotenv } from '../../scripts/credentials/dotenv-file';
import { makePlace } from './place';

/** dotenv 17's own pattern and unquoting, `lib/main.js`. */
function asDotenv(text: string): Map<string, string> {
  const pattern = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;
  const values = new Map<string, string>();
  for (const [, name = '', raw = ''] of text.replaceAll(/\r\n?/g, '\n').matchAll(pattern)) {
    const trimmed = raw.trim();
    const value = trimmed.replace(/^(['"`])([\s\S]*)\1$/, '$2');
    values.set(name, trimmed.startsWith('"') ? value.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r') : value);
  }
  return values;
}

test('lines, quotes, comments and export, as people write them', () => {
  const text = '# head\nexport A=1\nB = "two # no comment" # comment\nC=\'it # is\'\nD=`back`\nE: colon\nF=\nG=ab#cd\nH=ab #cd\nI="1\n2"\nnot a line\nA=3\n';
  expect(parseDotenv(text).map(({ name, value, line, lastLine }) => [name, value, line, lastLine])).toEqual([
    ['A', '1', 2, 2], ['B', 'two # no comment', 3, 3], ['C', 'it # is', 4, 4], ['D', 'back', 5, 5], ['E', 'colon', 6, 6], ['F', '', 7, 7],
    ['G', 'ab#cd', 8, 8], ['H', 'ab', 9, 9], ['I', '1\n2', 10, 11], ['A', '3', 13, 13],
  ]);
  expect(dotenvValues(parseDotenv(text)).get('A')).toBe('3');
});

test('a quote that nothing closes stays in the value, and takes no other line with it', () => {
  expect(parseDotenv('A="open\nB=2\n').map(({ name, value }) => [name, value])).toEqual([['A', '"open'], ['B', '2']]);
});

const value = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9/+=_.-]{0,20}$/),
  fc.stringMatching(/^"[A-Za-z0-9 #'\n]{0,10}"$/),
  fc.stringMatching(/^'[A-Za-z0-9 #"\n]{0,10}'$/),
  fc.stringMatching(/^[A-Za-z0-9]{1,5} #[A-Za-z ]{0,5}$/),
);
const assignment = fc.tuple(fc.constantFrom('', 'export '), fc.constantFrom('A', 'B', 'AWS_REGION', '__proto__', 'constructor'), fc.constantFrom('=', ' = '), value).map((parts) => parts.join(''));

test('ordinary files are read as dotenv reads them', () => {
  fc.assert(fc.property(fc.array(fc.oneof(assignment, fc.constantFrom('', '# comment', 'word', '  '))), fc.constantFrom('\n', '\r\n'), (lines, end) => {
    // dotenv lets an empty value swallow the line end and a quoted line behind it: no ordinary file.
    const text = lines.map((line) => (/=\s*$/.test(line) ? `${line}x` : line)).join(end);
    expect(dotenvValues(parseDotenv(text))).toEqual(asDotenv(text));
  }), { numRuns: 10_000 });
});

test('no text breaks it, and its lines are in the file', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => {
    const count = text.split(/\r\n|\r|\n/).length;
    for (const entry of parseDotenv(text)) {
      expect(entry.line).toBeLessThanOrEqual(entry.lastLine);
      expect(entry.lastLine).toBeLessThanOrEqual(count);
    }
  }), { numRuns: 10_000 });
});

test('what is not there, and what is a directory', () => {
  const place = makePlace();
  try {
    expect(readDotenv(`${place.project}/.env`)).toEqual({ kind: 'absent' });
    expect(readDotenv(place.project)).toEqual({ kind: 'unusable', why: 'is a directory, not a file' });
  } finally {
    place.remove();
  }
});
