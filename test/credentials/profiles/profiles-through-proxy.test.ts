import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tellCalls } from '../../../scripts/credentials/connection/call-log';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import type { Found } from '../../../scripts/credentials/source';
import { readKeyAge } from '../../../scripts/checks/read-key-age';
import { callApi } from '../../../scripts/api/signed-request';
import { makeCertificate, namesOfAws, type Certificate } from '../../identity/certificate';
import { startConnectProxy, type ConnectProxy } from '../../identity/connect-proxy';
import { refusal, session, startFakeSts, type FakeSts } from '../../identity/fake-sts';
import { json } from '../json-server';
import { useOneError } from '../../identity/one-error';
import { failureOf, makePlace, secret, type Place } from '../place';

// Whatever asks AWS for something takes the same way: the SDK's own clients, roles, IAM and the API.

useOneError();

let certificate: Certificate;
let sts: FakeSts;
let portal: ReturnType<typeof createServer>;
let proxy: ConnectProxy;
let place: Place;
let portalStatus = 200;
const lines: string[] = [];
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };

beforeAll(async () => {
  certificate = makeCertificate(namesOfAws);
  sts = await startFakeSts((request, response) => {
    const answer = request.action === 'AssumeRole' ? session(assumed, new Date(Date.now() + 3_600_000)) : refusal('AccessDenied', 'no');
    answer(request, response);
  }, certificate);
  portal = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    if (request.headers.host?.startsWith('oidc.')) json(response.setHeader('x-amzn-errortype', 'InvalidGrantException'), 400, { error: 'invalid_grant', error_description: 'Invalid refresh token provided' });
    else if (portalStatus === 200) json(response, 200, { roleCredentials: { ...assumed, expiration: Date.now() + 3_600_000 } });
    else json(response.setHeader('x-amzn-errortype', 'ForbiddenException'), portalStatus, { message: 'No access' });
  });
  await new Promise<void>((listening) => { portal.listen(0, '127.0.0.1', listening); });
  proxy = await startConnectProxy(({ target }) => (/^(?:portal|oidc)\./.test(target) ? { port: (portal.address() as AddressInfo).port } : sts));
});
afterAll(async () => {
  await proxy.close();
  await sts.close();
  portal.closeAllConnections();
  await new Promise((closed) => { portal.close(closed); });
  certificate.remove();
});
beforeEach(() => {
  place = makePlace();
  lines.length = 0;
  tellCalls((line) => { lines.push(line); });
});
afterEach(() => {
  tellCalls(null);
  place.remove();
});

/** The profile `dev` of this configuration, behind the proxy; with the targets that it connects to from now on. */
function behindProxy(config: string): { readonly found: Found; readonly targets: () => string[] } {
  place.inHome('.aws/config', config);
  const { found } = resolveProfile('dev', place.surroundings({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificate.path }), { source: 'profile', title: 'profile dev', namedBy: '--profile' });
  const before = proxy.connects.length;
  return { found, targets: () => proxy.connects.slice(before).map(({ target }) => target) };
}

function loggedIn(more: object = {}): string {
  place.inHome(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, JSON.stringify({ accessToken: 'the-token-of-the-login', expiresAt: '2099-01-01T00:00:00Z', region: 'eu-west-1', startUrl: 'https://a.example', ...more }));
  return '[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n';
}

test('IAM Identity Center is asked through it, and the call is told', async () => {
  portalStatus = 200;
  const { found, targets } = behindProxy(loggedIn());
  expect(await found.provider()).toMatchObject(assumed);
  expect(targets()).toEqual(['portal.sso.eu-west-1.amazonaws.com:443']);
  expect(lines).toEqual([expect.stringMatching(/^sso GetRoleCredentials \d+ ms/)]);
});

test('what IAM Identity Center refuses there is told with its name', async () => {
  portalStatus = 403;
  const { found } = behindProxy(loggedIn());
  expect(await failureOf(found.provider)).toMatchObject({ code: 'ACCESS_DENIED' });
  expect(lines).toEqual([expect.stringMatching(/^sso GetRoleCredentials \d+ ms ForbiddenException HTTP 403/)]);
});

test('a login that has ended and cannot be renewed is still one that has ended', async () => {
  const { found, targets } = behindProxy(loggedIn({ expiresAt: '2020-01-01T00:00:00Z', refreshToken: 'the-token-that-renews-it', clientId: 'client', clientSecret: 'the-secret-of-the-client', registrationExpiresAt: '2099-01-01T00:00:00Z' }));
  expect(await failureOf(found.provider)).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', fix: 'aws sso login --profile dev' });
  expect(targets()).toEqual(['oidc.eu-west-1.amazonaws.com:443']);
  expect(lines).toEqual([expect.stringMatching(/^ssooidc CreateToken \d+ ms InvalidGrantException HTTP 400/)]);
});

test('a proxy that does not connect to IAM Identity Center is named', async () => {
  place.inHome('.aws/config', loggedIn());
  const { found } = resolveProfile('dev', place.surroundings({ https_proxy: 'http://127.0.0.1:1' }), { source: 'profile', title: 'profile dev', namedBy: '--profile' });
  expect(await failureOf(found.provider)).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('The proxy http://127.0.0.1:1 (https_proxy) cannot be reached: it refuses connections') as string });
});

test('a role is assumed through it', async () => {
  const { found, targets } = behindProxy(`[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nregion = us-west-2\n[profile base]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${secret}\n`);
  expect(await found.provider()).toMatchObject(assumed);
  expect(targets()).toEqual(['sts.us-west-2.amazonaws.com:443']);
  expect(lines).toEqual([expect.stringMatching(/^sts AssumeRole \d+ ms request /)]);
});

test('IAM is asked for the age of a key through it, and the deployed API is called', async () => {
  const aws = { HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: certificate.path };
  const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret };
  const before = proxy.connects.length;
  expect(await readKeyAge(credentials, aws, 'aws')).toMatchObject({ kind: 'unknown', why: expect.stringContaining('iam:ListAccessKeys') as string });
  expect(await callApi({ apiUrl: 'https://api.us-west-2.amazonaws.com', method: 'GET', path: '/notes', body: null, credentials, region: 'us-west-2', aws })).toMatchObject({ status: 403 });
  expect(proxy.connects.slice(before).map(({ target }) => target)).toEqual(['iam.amazonaws.com:443', 'api.us-west-2.amazonaws.com:443']);
});
