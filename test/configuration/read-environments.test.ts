import { readEnvironments } from '../../scripts/configuration/read-environments';
import { Failure } from '../../scripts/failures/failure';

const anywhere = { accounts: [], regions: [] };

function refused(environments: object, allowed: Parameters<typeof readEnvironments>[1] = anywhere): Failure {
  try {
    readEnvironments(JSON.parse(JSON.stringify(environments)) as Readonly<Record<string, unknown>>, allowed);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was read');
}

test('each is read whole, in the order of the file; what it does not say is null, and consent is a yes', () => {
  const prod = { account: '123456789012', region: 'eu-west-1', profile: 'prod admin', confirm: 'type-name' };
  expect(readEnvironments({ prod, dev: {}, constructor: { confirm: 'yes' } }, anywhere)).toEqual([
    { name: 'prod', ...prod },
    { name: 'dev', account: null, region: null, profile: null, confirm: 'yes' },
    { name: 'constructor', account: null, region: null, profile: null, confirm: 'yes' },
  ]);
  expect(readEnvironments({ prod }, { accounts: ['123456789012'], regions: ['eu-west-1'] })).toHaveLength(1);
});

test.each([
  [{ prod: { acount: '123456789012' } }, '"acount"', 'Did you mean "account"?'],
  [{ prod: { stage: 'x' } }, '"stage"', 'It has: account, region, profile, confirm.'],
  [{ prod: { toString: 'x' } }, '"toString"', 'It has:'],
  [{ prod: { account: 123456789012 } }, '"account" of environments.prod', 'twelve digits'],
  [{ prod: { account: '12345678901' } }, '"account"', 'twelve digits'],
  [{ prod: { region: 'EU West' } }, '"region"', 'such as "us-west-2"'],
  [{ prod: { profile: ' ' } }, '"profile"', 'profile of the AWS CLI'],
  [{ prod: { confirm: true } }, '"confirm"', '"yes" or "type-name"'],
  [{ prod: { confirm: 'no' } }, '"confirm"', '"yes" or "type-name"'],
  [{ prod: 'eu-west-1' }, 'environments.prod', 'Write it as "prod": {'],
  [{ prod: ['eu-west-1'] }, 'environments.prod', 'Write it as "prod": {'],
  [{ '--yes': {} }, '"--yes"', 'begins with a letter or a digit'],
  [{ 'two words': {} }, '"two words"', 'letters, digits'],
  [{ '': {} }, '""', 'letters, digits'],
])('%j is a usage error', (environments, words, fix) => {
  expect(refused(environments)).toMatchObject({ code: 'USAGE', exitCode: 2, message: expect.stringContaining(words) as string, fix: expect.stringContaining(fix) as string });
});

test('__proto__ is a name like any other, and no good one', () => {
  expect(() => readEnvironments(JSON.parse('{"__proto__": {}}') as Readonly<Record<string, unknown>>, anywhere)).toThrow('"__proto__"');
});

test('what the lists beside it do not allow is told before anything else is', () => {
  expect(refused({ prod: { account: '123456789012' } }, { accounts: ['111111111111'], regions: [] }).message).toBe('environments.prod of context.takeoff in cdk.json is for account 123456789012, and "accounts" beside it allows only 111111111111.');
  expect(refused({ prod: { region: 'eu-west-1' } }, { accounts: [], regions: ['us-west-2'] }).fix).toContain('"regions"');
});
