import * as fc from 'fast-check';
import { dotenvValues, parseDotenv } from '../../scripts/credentials/dotenv-file';
import { changesOthers, setDotenvValues } from '../../scripts/keep/dotenv-lines';

const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_DEFAULT_REGION'] as const;
const value = fc.string({ unit: fc.constantFrom(...'ABCxyz019/+=-_#$!.'.split('')), minLength: 1, maxLength: 60 });
const values = fc.record(Object.fromEntries(names.map((name) => [name, fc.option(value)])));

const otherLine = fc.oneof(
  fc.constantFrom('', '# a comment', 'OTHER=1', 'export OTHER2="two words" # note', '  SPACED = x ', 'INCH=6"', 'not a line of it', "QUOTE='a\nAWS_ACCESS_KEY_ID=inside a value\nb'"),
  fc.string({ unit: fc.constantFrom(...'ab =#\u00e9'.split('')) }),
);
const ownLine = fc.tuple(fc.constantFrom(...names), fc.constantFrom('old', '"old"', '', 'old # note')).map(([name, old]) => `${name}=${old}`);
const file = fc.tuple(fc.array(fc.oneof(otherLine, ownLine)), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, closed]) => lines.map((line) => line.replaceAll('\n', end)).join(end) + (closed && lines.length > 0 ? end : ''));

test('a plain reader finds what was set, nothing of what was taken out, and all else as before', () => {
  fc.assert(fc.property(file, values, (text, set) => {
    const before = dotenvValues(parseDotenv(text));
    const after = dotenvValues(parseDotenv(setDotenvValues(text, set)));
    const own = names.map((name) => after.get(name) ?? null);
    const others = (all: ReadonlyMap<string, string>): string => JSON.stringify([...all].filter(([name]) => !names.some((one) => one === name)));
    expect([own.join('\0'), others(after)]).toEqual([names.map((name) => set[name] ?? null).join('\0'), others(before)]);
  }), { numRuns: 10_000 });
});

test('setting twice is setting once', () => {
  fc.assert(fc.property(file, values, (text, set) => {
    const once = setDotenvValues(text, set);
    expect(setDotenvValues(once, set)).toBe(once);
  }), { numRuns: 10_000 });
});

test('other lines, comments, order and line ends stay byte for byte', () => {
  const text = '\u00ef\u00bb\u00bf# caf\u00c3\u00a9 \u00ff\r\nA = 1 \r\nAWS_ACCESS_KEY_ID=old # mine\r\n\r\nAWS_SESSION_TOKEN="stale"\r\nAWS_ACCESS_KEY_ID=older\r\nB=2';
  expect(setDotenvValues(text, { AWS_ACCESS_KEY_ID: 'AKIANEW', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: null }))
    .toBe('\u00ef\u00bb\u00bf# caf\u00c3\u00a9 \u00ff\r\nA = 1 \r\nAWS_ACCESS_KEY_ID=AKIANEW\r\n\r\nB=2\r\nAWS_SECRET_ACCESS_KEY=s\r\n');
});

test('a quotation mark that is not closed can swallow what is written behind it: that is noticed', () => {
  const text = 'LONG="first\nAWS_ACCESS_KEY_ID="old"\n"';
  expect(changesOthers(text, setDotenvValues(text, { AWS_ACCESS_KEY_ID: null }), ['AWS_ACCESS_KEY_ID'])).toBe(true);
  expect(changesOthers('A=1\n', setDotenvValues('A=1\n', { AWS_ACCESS_KEY_ID: 'x' }), ['AWS_ACCESS_KEY_ID'])).toBe(false);
});
