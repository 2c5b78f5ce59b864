import * as fc from 'fast-check';
import { stripVTControlCharacters } from 'node:util';
import { encodingsOf } from '../../scripts/secrets/encodings';

// Put together here, so that the repository holds nothing that is shaped like a key.
export const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
export const token = `IQoJb3JpZ2lu${'X2VjE0aBcDeFgH'.repeat(12)}==`;
export const canaries: readonly string[] = [...encodingsOf(secret), ...encodingsOf(token)];

/** What a line or a terminal puts into a text, and no reader takes for a part of it. */
const interruption = fc.constantFrom('\n', '\r\n', '\n    ', '\r\n\t', String.raw`\n`, String.raw`\r\n  `, String.raw`\\n`, '\n\u001B[2m  ', '\r', '\n\n', '\u001B[0m', '\u001B[1;38;5;196m', '\u001B[K', '\u001B]8;;http://x/\u0007', '\u001B]0;title\u001B\\', '\u001B(B', '\u001B[0m\n\u001B[31m');

/** `text` with interruptions at places of its own. */
export function interrupted(text: string): fc.Arbitrary<string> {
  return fc.array(fc.tuple(fc.nat({ max: text.length }), interruption), { minLength: 1, maxLength: 5 })
    .map((all) => all.toSorted(([a], [b]) => b - a).reduce((whole, [at, what]) => whole.slice(0, at) + what + whole.slice(at), text));
}

/** What wraps a text, with the indentation of the next line; JSON's included, and JSON's in JSON. */
const wrap = /(?:[\r\n]+|\\+[nr])[ \t]*/g;

/** Where `text` shows a canary: as it is, with lines joined, or on a terminal. */
export function canariesIn(text: string): string[] {
  const joined = text.replace(wrap, '');
  const shown = stripVTControlCharacters(text).replace(wrap, '');
  const views = [...new Set([text, joined, shown])];
  return canaries.filter((canary) => views.some((view) => view.includes(canary)));
}

/** `bytes` cut at `cuts`. */
export function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((position) => position % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}
