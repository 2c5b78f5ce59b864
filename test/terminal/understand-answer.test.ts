import { forgetSecrets, registeredForms } from '../../scripts/secrets/registry';
import { understandAnswer } from '../../scripts/terminal/understand-answer';
import { longTerm, temporary } from './conversation';

afterEach(forgetSecrets);

const refusal = { kind: 'refused' };

test('a secret is registered even where the answer is refused', () => {
  expect(understandAnswer('secretAccessKey', `${longTerm.secret} x`, {})).toMatchObject(refusal);
  expect(understandAnswer('sessionToken', `${temporary.token}\u001b[0m`, {})).toMatchObject(refusal);
  expect(understandAnswer('secretAccessKey', `${temporary.secret}\nother\n`, {})).toMatchObject(refusal);
  expect(registeredForms()).toEqual(expect.arrayContaining([`${longTerm.secret} x`, temporary.secret]));
  expect(registeredForms().join('\n')).toContain(temporary.token);
});

test('a secret that is given for a region is registered', () => {
  expect(understandAnswer('region', longTerm.secret, {})).toMatchObject(refusal);
  expect(registeredForms()).toContain(longTerm.secret);
});

test('an id is not registered: reports show it masked', () => {
  understandAnswer('accessKeyId', longTerm.id, {});
  expect(registeredForms()).toEqual([]);
});

test.each([
  ['accessKeyId', ''],
  ['secretAccessKey', ' '],
  ['accessKeyId', 'AKIAIOSFODNN7EXAMPLE'],
  ['secretAccessKey', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['secretAccessKey', longTerm.id],
  ['secretAccessKey', 'two words'],
  ['secretAccessKey', 'pass\u00adword'],
  ['region', 'Oregon'],
  ['region', ''],
] as const)('%s: %j is refused', (field, text) => {
  expect(understandAnswer(field, text, {})).toMatchObject(refusal);
});

test('the line that says when credentials expire is none of them', () => {
  expect(understandAnswer('accessKeyId', 'export AWS_CREDENTIAL_EXPIRATION=2026-11-25T12:00:00Z', {})).toMatchObject({ ...refusal, why: expect.stringContaining('Copy the lines with the keys') as string });
});

test('a short key of an emulator is none of our business', () => {
  expect(understandAnswer('accessKeyId', 'test', {})).toEqual({ kind: 'understood', values: { accessKeyId: 'test' }, note: null });
});

test('the token is skipped by Enter for a long-term id only', () => {
  expect(understandAnswer('sessionToken', '', { accessKeyId: longTerm.id })).toEqual({ kind: 'understood', values: { sessionToken: '' }, note: null });
  expect(understandAnswer('sessionToken', '', { accessKeyId: temporary.id })).toMatchObject(refusal);
});

test('a region with a typing error names the nearest', () => {
  expect(understandAnswer('region', 'us-esat-1', {})).toMatchObject({ note: expect.stringContaining('us-east-1') as string });
});
