import { codeExplanations, explain } from '../../scripts/explanations/explain';
import { checkExplanations } from '../../scripts/explanations/checks';
import { explainable } from '../../scripts/explanations/names';
import { checkIds } from '../../scripts/failures/check-ids';
import { exitCodes } from '../../scripts/failures/exit-codes';
import { explanationText } from '../../scripts/terminal/explanation-text';
import { styleFor } from '../../scripts/terminal/style';
import { failureOf } from '../credentials/place';

test('every code and every check is explained, and none besides', () => {
  expect(Object.keys(codeExplanations).toSorted()).toEqual(Object.keys(exitCodes).toSorted());
  expect(Object.keys(checkExplanations).toSorted()).toEqual([...checkIds].toSorted());
});

test.each(explainable)('%s: what it means, why, and a way out', (name) => {
  const { code, means, why, fix } = explain(name);
  expect(code).toBe(name);
  expect(means).not.toMatch(/\.$|^(?:The|It|A) /);
  expect(why).toMatch(/^[A-Z*][^]*\.$/);
  expect(fix).not.toEqual([]);
});

test.each([
  ['expired_credentials', 'EXPIRED_CREDENTIALS'],
  [' Expired-Credentials ', 'EXPIRED_CREDENTIALS'],
  ['KEY_AGE', 'key-age'],
])('%j is %s', (asked, code) => {
  expect(explain(asked).code).toBe(code);
});

test('errors have an exit code and name their checks, checks their codes', () => {
  expect(explain('SESSION_TOO_SHORT')).toMatchObject({ kind: 'error', exitCode: 5, seeAlso: ['expiry'] });
  expect(explain('expiry')).toMatchObject({ kind: 'check', exitCode: null, seeAlso: ['SESSION_TOO_SHORT'] });
});

test.each([
  ['EXPIRED_CREDENTIAL', '--explain does not know EXPIRED_CREDENTIAL. The nearest is EXPIRED_CREDENTIALS.'],
  ['bootstrapped', '--explain does not know bootstrapped. The nearest is bootstrap.'],
  ['mfa', '--explain does not know mfa. The nearest is MFA_REQUIRED.'],
  ['quite something else', '--explain does not know that.'],
  ['__proto__', '--explain does not know __proto__.'],
  ['', '--explain needs a code, or the id of a check.'],
])('%j is a usage error', async (asked, message) => {
  expect(await failureOf(() => explain(asked))).toMatchObject({ code: 'USAGE', message, fix: expect.stringContaining('EXPIRED_CREDENTIALS') as string });
});

test('an exit code is answered with its codes', async () => {
  expect(await failureOf(() => explain('7'))).toMatchObject({ code: 'USAGE', message: '7 is the exit code of DECLINED, NOT_CONFIRMED; --explain takes one of these.', fix: 'npm run preflight -- --explain DECLINED' });
});

test.each(explainable)('%s fits a window of 60 columns, but for commands', (name) => {
  const style = styleFor({ isTerminal: true, columns: 60, environment: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
  const copied = /^→ (?:npm|aws|git|export|unset|printf) /;
  expect(explanationText(explain(name), style).split('\n').filter((line) => line.length > 60 && !copied.test(line))).toEqual([]);
});
