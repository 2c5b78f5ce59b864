import { assert, jsonValue, property } from 'fast-check';
import { jsonInAscii, spelledInAscii } from '../../scripts/terminal/spelling';
import { isUtf8, styleFor } from '../../scripts/terminal/style';

test('our own signs are spelled, and names that a person gave stay', () => {
  expect(spelledInAscii('AKIA…WXYZ → “Zoë” – ≠')).toBe('AKIA...WXYZ -> "Zoë" - !=');
});

test('JSON in ASCII has the same values', () => {
  assert(property(jsonValue(), (value) => {
    const json = JSON.stringify(value);
    const ascii = jsonInAscii(json);
    return /^[\0-\u007F]*$/.test(ascii) && JSON.stringify(JSON.parse(ascii)) === json;
  }));
  expect(jsonInAscii('"ASIA…WXYZ 🔑"')).toBe(String.raw`"ASIA\u2026WXYZ \ud83d\udd11"`);
});

test.each<[Record<string, string>, boolean, boolean]>([
  [{ LANG: 'C.UTF-8' }, true, true],
  [{ LANG: 'C.UTF-8' }, false, true],
  [{}, false, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, true, false],
  [{ LANG: 'C.UTF-8', TERM: 'linux' }, true, false],
  [{ LANG: 'C.UTF-8', TERM: 'linux' }, false, true],
])('in %j, at a terminal: %p, what is beyond ASCII is shown: %p', (environment, isTerminal, shown) => {
  expect(isUtf8(environment, isTerminal)).toBe(shown);
  expect(styleFor({ isTerminal, columns: 80, environment }).spell('…')).toBe(shown ? '…' : '...');
});
