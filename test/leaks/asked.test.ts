import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, asks } from '../end-to-end/at-terminal';
import { identity, refusal, session, startFakeSts as startAnsweringSts } from '../identity/fake-sts';
import { startIdentityCenter } from '../login/fake-identity-center';
import { startFakeSts } from '../terminal/fake-sts';
import { accessKeyId, mfaCode, ofLogin, secretAccessKey, sessionToken, type Canary } from './canaries';
import { observeTerminal } from './observe-terminal';
import { note } from './receipt';
import { search, type Hit, type Observed } from './search';
import { makeWorld, type World } from './world';

// What a person types, and what a login gives, in a real terminal.

jest.setTimeout(60_000);

let world: World;

beforeAll(() => { world = makeWorld(); });
afterAll(() => world.remove());
afterEach(() => rmSync(join(world.project.home, '.aws'), { recursive: true, force: true }));

function writeConfig(text: string): void {
  mkdirSync(join(world.project.home, '.aws'));
  writeFileSync(join(world.project.home, '.aws/config'), text);
}

/** @param named where the contract has the secret kept: files of the AWS CLI */
function leaksOf(observed: readonly Observed[], canaries: readonly Canary[], named: RegExp): Hit[] {
  const hits = search(observed, canaries).filter(({ place }) => !named.test(place));
  note({ observed, canaries, hits });
  return hits;
}

const nowhere = /(?!)/;

test('keys that are typed in', async () => {
  const [id, secret, token] = [accessKeyId('ASIA'), secretAccessKey(), sessionToken()];
  const sts = await startFakeSts({ [id.value]: { secret: secret.value, token: token.value } });
  const observed = await observeTerminal(world, 'preflight', [], { AWS_ENDPOINT_URL: sts.url }, (terminal) => answer(terminal,
    [asks.menu, '1\r'], [asks.id, `${id.value}\r`], [asks.secret, `${secret.value}x\r`], [asks.neededToken, `${token.value}\r`], [asks.region, '\r'],
    [asks.secretAgain, `${secret.value}\r`], [asks.keep, '\r'], [asks.goOn, '\r'],
  ));
  await sts.close();
  expect(leaksOf(observed.filter(({ channel }) => channel !== 'terminal'), [id], nowhere)).toEqual([]); // at the terminal it is seen while it is typed
  expect(leaksOf(observed, [secret, token], nowhere)).toEqual([]);
});

test('a code of an MFA device, and the session that it opens', async () => {
  const [base, wrong, right, secret] = [accessKeyId('AKIA'), mfaCode(), mfaCode(), secretAccessKey()];
  const [role, issued, token] = [accessKeyId('ASIA'), secretAccessKey(), sessionToken()];
  writeConfig(`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/dev\nregion = eu-west-1\n[profile base]\naws_access_key_id = ${base.value}\naws_secret_access_key = ${secret.value}\n`);
  const sts = await startAnsweringSts((request, response) => {
    const isRight = request.parameters.get('TokenCode') === right.value;
    const opened = session({ accessKeyId: role.value, secretAccessKey: issued.value, sessionToken: token.value }, new Date(Date.now() + 3_600_000));
    (request.action === 'GetCallerIdentity' ? identity() : isRight ? opened : refusal('AccessDenied', `MultiFactorAuthentication failed with invalid MFA one time pass code ${String(request.parameters.get('TokenCode'))}.`))(request, response);
  });
  const observed = await observeTerminal(world, 'preflight', ['--profile', 'dev', '--verbose'], { AWS_ENDPOINT_URL: sts.origin }, (terminal) => answer(terminal,
    [/MFA code of \S+:/, `${wrong.value}\r`], [/AWS refused that code[^]*MFA code of \S+:/, `${right.value}\r`],
  ));
  await sts.close();
  expect(sts.requests.map(({ parameters }) => parameters.get('TokenCode')).filter(Boolean)).toEqual([wrong.value, right.value]);
  expect(leaksOf(observed, [base, secret, wrong, right, role, issued, token], /^\.aws\/cli\/cache\//)).toEqual([]);
});

test('a login over SSH: device code, client secret, access token', async () => {
  const center = await startIdentityCenter();
  const sts = await startAnsweringSts((request, response) => { identity()(request, response); });
  writeConfig(`[profile dev]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = deployer\nregion = eu-west-1\n[sso-session acme]\nsso_start_url = ${center.startUrl}\nsso_region = eu-west-1\n`);
  const environment = { AWS_ENDPOINT_URL_SSO: center.origin, AWS_ENDPOINT_URL_SSO_OIDC: center.origin, AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9', SSH_TTY: '/dev/pts/7' };
  const observed = await observeTerminal(world, 'preflight', ['--profile', 'dev', '--verbose'], environment, (terminal) => answer(terminal, [/\? Log in to \S+\s+now\?\s+\(Y\/n\) *$/, '\r']));
  const canaries = center.secrets.map(ofLogin);
  await Promise.all([center.close(), sts.close()]);
  expect(new Set(canaries.map(({ name }) => name))).toEqual(new Set(['client secret', 'device code', 'access token', 'refresh token']));
  expect(leaksOf(observed, canaries, /^\.aws\/sso\/cache\//)).toEqual([]);
});
