import * as fc from 'fast-check';
import { joined, legibleIn, type Legible } from '../../scripts/secrets/legible';

// What is legible, as patterns say it: plainer than a machine that reads all output byte for byte, and half as fast.

const lineEnd = String.raw`(?:[\r\n]+|\\{1,8}(?:[nr]|$))`;
const sequences = [String.raw`\[[ -?]*[@-~]`, String.raw`\][^\x07\x1b\r\n]*(?:\x07|\x1b\\)`, String.raw`[()][^\r\n]`];
const cut = [String.raw`\[[ -?]*$`, String.raw`\][^\x07\x1b\r\n]*\x1b?$`, String.raw`[()](?=[\r\n]|$)`];
const sequence = String.raw`\x1b(?:${[...sequences, ...cut].join('|')})?`;
const wrap = new RegExp(String.raw`${lineEnd}[ \t]*`, 'g');
const hidden = new RegExp(String.raw`${lineEnd}(?:[ \t]|${sequence})*|${sequence}`, 'g');

const piece = fc.oneof(
  fc.constantFrom('\n', '\r\n', '\n  \t', ' ', '\t', '\\', '\\n', String.raw`\\\\r`, '\\'.repeat(9), 'n', 'r', '\u001B', '\u001B[', '\u001B[1;31m', '\u001B[ q', '\u001B[1@', '\u001B]0;title', '\u0007', '\u001B\\', '\u001B(', '(', ')', '[', ']', 'B', '\u007f', '\u0000', 'words of a line'),
  fc.string({ unit: 'binary', maxLength: 9 }),
);
/** Longer than what is looked at first to find where something stood, now and then. */
const text = fc.tuple(fc.array(piece, { maxLength: 14 }), fc.constantFrom(0, 0, 0, 600)).map(([pieces, more]) => Buffer.from(`${'four and more\n'.repeat(more / 10)}${pieces.join('')}`));

/** Whether each byte of `legible` is the one that stood where it says it did, one behind the other. */
function isWhereItSays({ bytes: kept, from }: Legible, bytes: Buffer): boolean {
  const places = Array.from(kept, (_, index) => from(index));
  return from(kept.length) === bytes.length && places.every((place, index) => bytes[place] === kept[index] && place > (places[index - 1] ?? -1));
}

function isView(legible: Legible | undefined, gaps: RegExp, bytes: Buffer): boolean {
  return legible !== undefined && Buffer.from(legible.bytes).toString('latin1') === bytes.toString('latin1').replaceAll(gaps, '') && isWhereItSays(legible, bytes);
}

test('lines are unwrapped, and sequences taken out, as the patterns say', () => {
  expect(() => fc.assert(fc.property(text, (bytes) => {
    const [lines, shown, ...others] = legibleIn(bytes);
    return others.length === 0 && isView(lines, wrap, bytes) && (bytes.includes(0x1b) ? isView(shown, hidden, bytes) : shown === undefined);
  }), { numRuns: 10_000 })).not.toThrow();
});

test('what is searched in files has its lines joined', () => {
  expect(() => fc.assert(fc.property(text, (bytes) => isView(joined(bytes), /[\r\n]+/g, bytes)), { numRuns: 10_000 })).not.toThrow();
});
