import { styleFor } from '../../scripts/terminal/style';

const utf8 = { LANG: 'en_US.UTF-8', TERM: 'xterm' };

test.each<[string, boolean, Record<string, string>, boolean, string]>([
  ['a terminal', true, utf8, true, '✔'],
  ['NO_COLOR', true, { ...utf8, NO_COLOR: '1' }, false, '✔'],
  ['an empty NO_COLOR, which counts as unset', true, { ...utf8, NO_COLOR: '' }, true, '✔'],
  ['a dumb terminal', true, { ...utf8, TERM: 'dumb' }, false, '✔'],
  ['the console of Linux', true, { ...utf8, TERM: 'linux' }, true, 'ok'],
  ['another locale', true, { LANG: 'C', TERM: 'xterm' }, true, 'ok'],
  ['LC_ALL, which outweighs LANG', true, { ...utf8, LC_ALL: 'C' }, true, 'ok'],
  ['an empty LC_ALL, which counts as unset', true, { LC_ALL: '', LC_CTYPE: 'C.utf8', TERM: 'xterm' }, true, '✔'],
  ['a pipe', false, utf8, false, 'ok'],
])('%s', (_, isTerminal, environment, coloured, sign) => {
  const style = styleFor({ isTerminal, columns: 80, environment });
  expect(style.good('x')).toBe(coloured ? '\u001b[32mx\u001b[39m' : 'x');
  expect(style.sign.pass).toBe(sign);
});

test.each<[boolean, number | undefined, number | null]>([[true, 100, 100], [true, 12, 30], [true, 0, 80], [true, undefined, 80], [false, 100, null]])('terminal %p of %p columns wraps at %p', (isTerminal, columns, expected) => {
  expect(styleFor({ isTerminal, columns, environment: utf8 }).columns).toBe(expected);
});
