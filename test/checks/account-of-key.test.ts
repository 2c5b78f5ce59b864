import { accountOfKey } from '../../scripts/checks/account';
import type { Configuration } from '../../scripts/configuration/configuration';
import type { TargetEnvironment } from '../../scripts/configuration/target-environment';
import { runFor } from '../flow/run-for-test';

const run = runFor('deploy', []);
afterAll(() => { run.interruption.stop(); });
const { configuration } = run;

/** Of account 609629065308. */
const accessKeyId = 'ASIAY34FZKBOKMUTVV7A';

function check(expectedAccount: string | null, more: Partial<Configuration> = {}, id = accessKeyId): ReturnType<typeof accountOfKey.run> {
  return accountOfKey.run({ accessKeyId: id, expectedAccount: expectedAccount === null ? null : { account: expectedAccount, environment: null }, configuration: { ...configuration, ...more } });
}

test('the account in the key id is judged without a call, and both accounts are named', async () => {
  expect(await check('609629065308')).toMatchObject({ status: 'pass' });
  expect(await check('111111111111')).toMatchObject({ status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringMatching(/609629065308.*111111111111/) as string, fix: expect.stringContaining('--profile NAME') as string });
  expect(await check(null, { accounts: ['222222222222'] })).toMatchObject({ status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringContaining('222222222222') as string });
});

function judged(environment: TargetEnvironment, environments: readonly TargetEnvironment[] = []): ReturnType<typeof accountOfKey.run> {
  return accountOfKey.run({ accessKeyId, configuration: { ...configuration, environments }, expectedAccount: { account: '111111111111', environment } });
}

describe('an environment that the credentials are not of', () => {
  const prod = { name: 'prod', account: '111111111111', region: null, profile: null, confirm: 'yes' } as const;
  const dev = { ...prod, name: 'dev', account: '609629065308' };

  test('is named with both accounts, and how to switch', async () => {
    expect(await judged(prod)).toEqual({
      id: 'account', status: 'fail', code: 'WRONG_ACCOUNT', message: 'The credentials are of account 609629065308, and the environment prod is account 111111111111.',
      fix: 'Export keys of account 111111111111, or give the environment a profile of it: "profile" of environments.prod in cdk.json.\nnpm run preflight -- --list-profiles   (shows whose account each is)',
    });
  });

  test('has a profile that leads elsewhere', async () => {
    expect(await judged({ ...prod, profile: 'admin' })).toMatchObject({ fix: 'Profile admin leads to another account: log in there with account 111111111111, or correct "profile" or "account" of environments.prod in cdk.json.' });
  });

  test('was taken for the one that they are of', async () => {
    expect(await judged(prod, [prod, dev])).toMatchObject({ fix: expect.stringMatching(/\nFor the environment that account 609629065308 is, dev: add -- --env dev$/) as string });
  });
});

test.each(['test', 'AKIAI44QH8DHBKEYOLD2'])('%s does not tell', async (id) => {
  expect(await check('111111111111', {}, id)).toMatchObject({ status: 'skip' });
});
