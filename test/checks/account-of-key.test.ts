import { accountOfKey } from '../../scripts/checks/account';
import type { Configuration } from '../../scripts/configuration/configuration';
import { runFor } from '../flow/run-for-test';

const run = runFor('deploy', []);
afterAll(() => { run.interruption.stop(); });
const { configuration } = run;

/** Of account 609629065308. */
const accessKeyId = 'ASIAY34FZKBOKMUTVV7A';

function check(expectedAccount: string | null, more: Partial<Configuration> = {}, id = accessKeyId): ReturnType<typeof accountOfKey.run> {
  return accountOfKey.run({ accessKeyId: id, expectedAccount, configuration: { ...configuration, ...more } });
}

test('the account in the key id is judged without a call, and both accounts are named', async () => {
  expect(await check('609629065308')).toMatchObject({ status: 'pass' });
  expect(await check('111111111111')).toMatchObject({ status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringMatching(/609629065308.*111111111111/) as string, fix: expect.stringContaining('--profile NAME') as string });
  expect(await check(null, { accounts: ['222222222222'] })).toMatchObject({ status: 'fail', code: 'WRONG_ACCOUNT', message: expect.stringContaining('222222222222') as string });
});

test.each(['test', 'AKIAI44QH8DHBKEYOLD2'])('%s does not tell', async (id) => {
  expect(await check('111111111111', {}, id)).toMatchObject({ status: 'skip' });
});
