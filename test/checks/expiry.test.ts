import { expiry } from '../../scripts/checks/expiry';
import type { CheckResult } from '../../scripts/checks/check';
import type { Credentials, Found } from '../../scripts/credentials/source';
import { runFor, sessionOf } from '../flow/run-for-test';

const now = Date.parse('2026-01-02T03:00:00Z');
const temporary: Credentials = { accessKeyId: 'ASIAQYLPMN5HHHFPZAM2', secretAccessKey: 's', sessionToken: 't' };

function check(credentials: Credentials, found: Partial<Found> = {}, command: 'deploy' | 'diff' = 'deploy', minSessionMinutes = 15): CheckResult | Promise<CheckResult> {
  const { surroundings, configuration, interruption } = runFor(command, []);
  interruption.stop();
  const session = sessionOf('environment');
  return expiry(() => now).run({
    surroundings, configuration: { ...configuration, minSessionMinutes }, proof: { ...session.proof, credentials, kind: 'temporary' }, found: { ...session.found, title: 'environment keys', ...found },
  });
}

const ending = (minutes: number): Credentials => ({ ...temporary, expiration: new Date(now + minutes * 60_000) });

test('a session that lasts passes, with its minutes', async () => {
  expect(await check(ending(15))).toEqual({ id: 'expiry', status: 'pass', message: '15 minutes left', fix: null });
});

test('one that ends too soon fails before a change, and says how it is made new', async () => {
  expect(await check(ending(14.9))).toMatchObject({ status: 'fail', code: 'SESSION_TOO_SHORT', message: expect.stringMatching(/in 14 minutes.*asks for 15/) as string, fix: expect.stringContaining('export AWS_SESSION_TOKEN') as string });
  expect(await check(ending(1), { renewal: 'aws sso login --profile dev' })).toMatchObject({ message: expect.stringContaining('in one minute') as string, fix: 'aws sso login --profile dev' });
  expect(await check(ending(-5))).toMatchObject({ status: 'fail', message: expect.stringContaining('in 0 minutes') as string });
});

test('where nothing is changed it only warns', async () => {
  expect(await check(ending(3), {}, 'diff')).toMatchObject({ status: 'warn', message: 'The session ends in 3 minutes.' });
});

test('the configuration sets the measure', async () => {
  expect(await check(ending(20), {}, 'deploy', 30)).toMatchObject({ status: 'fail' });
  expect(await check(ending(1), {}, 'deploy', 0)).toMatchObject({ status: 'pass' });
});

test('a session that is renewed passes however short it is', async () => {
  expect(await check(ending(1), { renews: true })).toMatchObject({ status: 'pass', message: expect.stringContaining('new session') as string });
});

const login = (minutes: number): Partial<Found> => ({ renews: true, renewsUntil: new Date(now + minutes * 60_000), renewal: 'aws sso login --profile dev' });

test('one that is renewed until a login ends lasts as long as the later of the two', async () => {
  expect(await check(ending(1), login(30))).toMatchObject({ status: 'pass', message: '30 minutes left' });
  expect(await check(ending(60), login(3))).toMatchObject({ status: 'pass', message: '60 minutes left' });
  expect(await check(ending(2), login(3))).toMatchObject({ status: 'fail', code: 'SESSION_TOO_SHORT', message: expect.stringContaining('in 3 minutes') as string, fix: 'aws sso login --profile dev' });
  expect(await check(temporary, login(3))).toMatchObject({ status: 'fail' });
});

test.each<[string, Credentials, Partial<Found>, RegExp]>([
  ['long-term keys', { accessKeyId: 'AKIA', secretAccessKey: 's' }, {}, /do not end/],
  ['environment keys that do not say', temporary, {}, /AWS_CREDENTIAL_EXPIRATION would tell/],
  ['others that do not say', temporary, { source: 'dotenv', title: '.env' }, /\.env does not tell/],
])('%s are skipped, with the reason', async (_case, credentials, found, message) => {
  expect(await check(credentials, found)).toMatchObject({ status: 'skip', message: expect.stringMatching(message) as string });
});
