import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { agreeToUnencrypted, forgetAgreements } from '../../../scripts/credentials/connection/unencrypted';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import type { Credentials } from '../../../scripts/credentials/source';
import { json, startServer } from '../json-server';
import { failureOf, makePlace, type Place } from '../place';

// Where the SDK's own clients send the token of a login: it would read the endpoints of another profile.

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const role = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };
const sso = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n';
const session = '[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';

let place: Place;
const seen: string[] = [];
const open: { close(): Promise<void> }[] = [];
beforeEach(() => {
  place = makePlace();
  seen.length = 0;
  logIn({});
});
afterEach(async () => {
  forgetAgreements();
  for (const server of open.splice(0)) await server.close();
  place.remove();
});

function logIn(more: object): void {
  place.inHome(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, JSON.stringify({ accessToken: 'the-token-of-the-login', expiresAt: '2099-01-01T00:00:00Z', region: 'eu-west-1', startUrl: 'https://a.example', ...more }));
}

async function portal(name: string): Promise<string> {
  const server = await startServer((_request, response: ServerResponse) => {
    seen.push(name);
    json(response, 200, { roleCredentials: { ...role, expiration: Date.now() + 3_600_000 } });
  });
  open.push(server);
  return server.origin;
}

function dev(config: string, environment: Readonly<Record<string, string>> = {}): Promise<Credentials> {
  place.inHome('.aws/config', `${config}${session}`);
  return resolveProfile('dev', place.surroundings(environment), { source: 'profile', title: 'profile dev', namedBy: '--profile' }).found.provider();
}

const notConfirmed = { code: 'NOT_CONFIRMED', message: expect.stringContaining('Nothing was sent to http://0.0.0.0:') as string };

test('is the one of the profile that is used, else that of a variable, and never that of another profile', async () => {
  const [own, other, variable] = [await portal('dev'), await portal('default'), await portal('variable')];
  const byDefault = `[default]\nendpoint_url = ${other}\n`;
  await dev(`${byDefault}[profile dev]\n${sso}endpoint_url = ${own}\n`);
  await dev(`${byDefault}[profile dev]\n${sso}services = mine\n[services mine]\nsso =\n  endpoint_url = ${own}\n`);
  await dev(`${byDefault}[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nendpoint_url = ${own}\n[profile base]\n${sso}`).catch(() => undefined); // there STS is asked as well
  await dev(`${byDefault}[profile dev]\n${sso}endpoint_url = ${own}\n`, { AWS_ENDPOINT_URL_SSO: variable, AWS_PROFILE: 'default' });
  expect(seen).toEqual(['dev', 'dev', 'dev', 'dev', 'variable']);
});

test('nothing goes to another machine unencrypted before somebody has agreed, by a login that is renewed neither', async () => {
  const plain = (await portal('plain')).replace('127.0.0.1', '0.0.0.0');
  expect(await failureOf(() => dev(`[profile dev]\n${sso}endpoint_url = ${plain}\n`))).toMatchObject(notConfirmed);
  logIn({ expiresAt: '2020-01-01T00:00:00Z', refreshToken: 'the-token-that-renews-it', clientId: 'client', clientSecret: 'the-secret-of-the-client', registrationExpiresAt: '2099-01-01T00:00:00Z' });
  expect(await failureOf(() => dev(`[profile dev]\n${sso}endpoint_url = ${plain}\n`))).toMatchObject(notConfirmed);
  expect(seen).toEqual([]);
  agreeToUnencrypted(plain);
  logIn({});
  expect(await dev(`[profile dev]\n${sso}endpoint_url = ${plain}\n`)).toMatchObject(role);
});
