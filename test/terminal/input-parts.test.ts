import * as fc from 'fast-check';
import { inputSorter, type Part } from '../../scripts/terminal/input-parts';

const [start, end] = ['\u001b[200~', '\u001b[201~'];

function sort(chunks: readonly string[]): Part[] {
  const sorter = inputSorter();
  return [...chunks.flatMap((chunk) => sorter.add(chunk)), ...sorter.settle()];
}

test('single characters and escape sequences are keys, at once', () => {
  const sorter = inputSorter();
  expect(['a', '\r', '\u001b[A', '\u001b[3~'].flatMap((chunk) => sorter.add(chunk)).map(({ kind }) => kind)).toEqual(['keys', 'keys', 'keys', 'keys']);
});

test.each(['\u001b[31m', '\u001b[999;999H', '\u001b[12;5R', '\u001bOP'])('%j is no key, and leaves nothing behind', (unknown) => {
  expect(sort([unknown])).toEqual([]);
  expect(sort([`${unknown}\u001b[A`])).toEqual([{ kind: 'keys', text: '\u001b[A' }]);
  expect(sort([`ab\u007f${unknown}c\r`]).filter(({ kind, text }) => kind === 'keys' && text.includes(unknown))).toEqual([]);
});

test('a burst is held until the terminal is silent', () => {
  const sorter = inputSorter();
  expect(sorter.add('AKIA')).toEqual([]);
  expect(sorter.add('\r')).toEqual([]);
  expect(sorter.holds()).toBe('burst');
  expect(sorter.settle()).toEqual([{ kind: 'paste', text: 'AKIA\n', marked: false }]);
});

test('a marked paste is whole whatever the chunks are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '7', '/', '=', ' ', '"', '\n'), minLength: 1 });
  fc.assert(fc.property(text, fc.array(fc.nat(40)), (pasted, cuts) => {
    const whole = `${start}${pasted.replaceAll('\n', '\r')}${end}`;
    const places = [0, ...cuts.map((cut) => Math.min(cut + 1, whole.length)), whole.length].toSorted((a, b) => a - b);
    const chunks = places.slice(1).map((place, index) => whole.slice(places[index], place)).filter((chunk) => chunk !== '');
    fc.pre(chunks[0] !== '\u001b');
    expect(sort(chunks)).toEqual([{ kind: 'paste', text: pasted, marked: true }]);
  }));
});

test('what stands around a marked paste is kept apart from it', () => {
  expect(sort([`x${start}one\rtwo${end}\r`])).toEqual([
    { kind: 'keys', text: 'x' },
    { kind: 'paste', text: 'one\ntwo', marked: true },
    { kind: 'keys', text: '\r' },
  ]);
});

test('a mark that is cut behind its first character is put together', () => {
  expect(sort(['\u001b', `[200~one${end}`])).toEqual([{ kind: 'paste', text: 'one', marked: true }]);
});

test('typing that comes in bursts is typing where it edits, and a paste where it does not', () => {
  expect(sort(['ab\u007f\u007f2\r'])).toEqual([{ kind: 'keys', text: 'ab\u007f\u007f2\r' }]);
  expect(sort(['ab\u001b[Dc\r\r'])).toEqual([{ kind: 'keys', text: 'ab\u001b[Dc\r' }]);
  expect(sort(['ab\u001b[31mc\r'])).toMatchObject([{ kind: 'paste' }]);
  expect(sort(['a\u007fb\rc\r'])).toMatchObject([{ kind: 'paste' }]);
});
