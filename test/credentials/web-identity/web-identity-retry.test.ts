import { webIdentityProvider } from '../../../scripts/credentials/web-identity/web-identity';
import { refusal, session, startFakeSts, type FakeSts } from '../../identity/fake-sts';
import { failureOf } from '../place';

const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };
const notYet = refusal('InvalidIdentityToken', 'Token not yet valid: current date/time 1 must not be before 2', 400);

/** The session after so many refusals, and how long was waited between. */
async function exchange(sts: FakeSts, waits: number[] = []): Promise<unknown> {
  return webIdentityProvider({
    roleArn: 'arn:aws:iam::123456789012:role/deployer', token: () => 'a.b.c', sessionName: 'test', aws: { AWS_ENDPOINT_URL: sts.origin }, region: 'us-west-2',
    found: { title: 'web identity', source: 'web-identity', profile: null }, wait: (milliseconds) => { waits.push(milliseconds); return Promise.resolve(); },
  })();
}

test('a token that is not yet valid is tried again, after random times below bounds that double', async () => {
  let answers = 0;
  const sts = await startFakeSts((request, response) => { (answers++ < 2 ? notYet : session(assumed, new Date(Date.now() + 3_600_000)))(request, response); });
  const waits: number[] = [];
  expect(await exchange(sts, waits)).toMatchObject(assumed);
  expect(waits.map((wait, index) => wait >= 0 && wait < 1000 * 2 ** index)).toEqual([true, true]);
  await sts.close();
});

test.each([
  ['a token that stays not yet valid', notYet, 'CLOCK_SKEW', 4],
  ['an issuer whose keys AWS cannot get', refusal('InvalidIdentityToken', 'Couldn\'t retrieve verification key from your identity provider', 400), 'AWS_UNAVAILABLE', 4],
  ['a refusal', refusal('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'), 'OIDC_TRUST_REFUSED', 1],
  ['a wrong audience', refusal('InvalidIdentityToken', 'Incorrect token audience', 400), 'OIDC_TRUST_REFUSED', 1],
])('%s ends the run after so many attempts', async (_what, answer, code, attempts) => {
  const sts = await startFakeSts(answer);
  expect(await failureOf(() => exchange(sts))).toMatchObject({ code });
  expect(sts.requests).toHaveLength(attempts);
  await sts.close();
});
