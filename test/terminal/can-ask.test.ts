import { canAsk } from '../../scripts/terminal/can-ask';

const person = { noInput: false, json: false };

test.each([undefined, '', 'false', '0', 'FALSE'])('a person at a terminal with CI=%s is asked', (CI) => {
  expect(canAsk(CI === undefined ? {} : { CI }, person, true, true)).toBe(true);
});

test.each([
  ['CI=true', { CI: 'true' }, person, true, true],
  ['CI=1', { CI: '1' }, person, true, true],
  ['CI=woodpecker', { CI: 'woodpecker' }, person, true, true],
  ['--no-input', {}, { ...person, noInput: true }, true, true],
  ['--json', {}, { ...person, json: true }, true, true],
  ['no terminal to read from', {}, person, false, true],
  ['no terminal to write to', {}, person, true, false],
] as const)('%s: nothing is asked', (_, environment, options, stdin, stdout) => {
  expect(canAsk(environment, options, stdin, stdout)).toBe(false);
});
