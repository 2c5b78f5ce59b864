import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { readSsoLogin } from '../../scripts/credentials/profiles/sso-login';
import { resolveProfile } from '../../scripts/credentials/profiles/resolve-profile';
import { logInWithSso, type SsoLoginInit } from '../../scripts/login/log-in-with-sso';
import type { LoginStep } from '../../scripts/login/login-step';
import { redact } from '../../scripts/secrets/redact';
import { failureOf, makePlace, type Place } from '../credentials/place';
import { roleKeys, startIdentityCenter, type IdentityCenter } from './fake-identity-center';

// Both ways to log in to IAM Identity Center, on the wire.

let place: Place;
let center: IdentityCenter;
let stop: AbortController;
let steps: LoginStep[];
let pauses: number[];

beforeEach(async () => {
  place = makePlace();
  center = await startIdentityCenter();
  stop = new AbortController();
  steps = [];
  pauses = [];
});
afterEach(async () => {
  stop.abort();
  await center.close();
  place.remove();
});

/** The browser of the person: follows the page and comes back. */
async function visit(url: string): Promise<Response> {
  return fetch(url, { redirect: 'follow' });
}

function login(flow: SsoLoginInit['flow'], more: Partial<SsoLoginInit> = {}, session: string | null = 'acme'): SsoLoginInit {
  return {
    flow,
    aws: { AWS_ENDPOINT_URL_SSO_OIDC: center.origin },
    home: place.home,
    found: { title: 'profile dev', source: 'profile', profile: 'dev' },
    settings: { profile: 'dev', session, startUrl: center.startUrl, region: 'eu-west-1', scopes: ['sso:account:access'] },
    show: (step) => {
      steps.push(step);
      if (step.kind === 'browser') void visit(step.url);
    },
    signal: stop.signal,
    wait: async (milliseconds) => { pauses.push(milliseconds); },
    ...more,
  };
}

/** A login in the browser that nobody has gone to yet. */
async function begun(): Promise<{ readonly url: string; readonly going: Promise<void> }> {
  let going: Promise<void> = Promise.resolve();
  const step = await new Promise<LoginStep>((shown) => { going = logInWithSso(login('browser', { show: shown })); });
  return { url: step.url, going };
}

const cached = (id: string): string => join(place.home, '.aws/sso/cache', `${createHash('sha1').update(id).digest('hex')}.json`);
const kept = (id: string): Record<string, unknown> => JSON.parse(readFileSync(cached(id), 'utf8')) as Record<string, unknown>;
const asked = (path: string): unknown => center.calls.find((call) => call.path === path)?.body;

describe('in the browser, with PKCE', () => {
  test('the login is kept where the AWS CLI looks, for its owner only, in its form', async () => {
    await logInWithSso(login('browser'));
    const token = kept('acme');
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
    const text = expect.any(String) as string;
    expect(token).toEqual({ startUrl: center.startUrl, region: 'eu-west-1', accessToken: text, expiresAt: time, clientId: text, clientSecret: text, registrationExpiresAt: time, refreshToken: text });
    expect([statSync(cached('acme')).mode & 0o777, statSync(join(place.home, '.aws/sso/cache')).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readSsoLogin(place.home, { properties: new Map([['sso_session', 'acme']]) })).toMatchObject({ kind: 'login', renews: true });
  });

  test('it asks as the AWS CLI does', async () => {
    await logInWithSso(login('browser'));
    expect(asked('/client/register')).toEqual({ clientName: 'cdk-takeoff', clientType: 'public', grantTypes: ['authorization_code', 'refresh_token'], redirectUris: ['http://127.0.0.1/oauth/callback'], issuerUrl: center.startUrl, scopes: ['sso:account:access'] });
    const url = new URL(steps[0]?.url ?? '');
    expect([url.origin, url.pathname]).toEqual([center.origin, '/authorize']);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: expect.stringMatching(/^client-/) as string,
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/) as string,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      scopes: 'sso:account:access',
    });
  });

  test('the SDK finds the login, and gets the role', async () => {
    await logInWithSso(login('browser'));
    place.inHome('.aws/config', `[profile dev]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = deployer\nregion = eu-west-1\n[sso-session acme]\nsso_start_url = ${center.startUrl}\nsso_region = eu-west-1\n`);
    const { found } = resolveProfile('dev', place.surroundings({ AWS_ENDPOINT_URL_SSO: center.origin, AWS_ENDPOINT_URL_SSO_OIDC: center.origin }), { source: 'profile', title: 'profile dev', namedBy: '--profile' });
    expect(await found.provider()).toMatchObject(roleKeys);
  });

  test('a profile without [sso-session] gets no token to renew it with, which nobody would use', async () => {
    await logInWithSso(login('browser', {}, null));
    expect(asked('/client/register')).toMatchObject({ grantTypes: ['authorization_code'] });
    expect(Object.keys(kept(center.startUrl))).not.toContain('refreshToken');
    expect(readSsoLogin(place.home, { properties: new Map([['sso_start_url', center.startUrl]]) })).toMatchObject({ kind: 'login', renews: false });
  });

  test('every secret is registered', async () => {
    await logInWithSso(login('browser'));
    expect(center.secrets.length).toBe(4);
    for (const secret of center.secrets) expect(redact(secret)).toBe('[redacted]');
  });

  test('declined at the page', async () => {
    center.behave({ page: 'decline' });
    expect(await failureOf(() => logInWithSso(login('browser')))).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', message: `There is no login to ${center.startUrl}: it was declined in the browser.`, fix: expect.stringContaining('aws sso login --profile dev') as string });
  });

  test('another state is refused with a page that says so, no token is asked for, and the right one still counts', async () => {
    center.behave({ page: 'wrong state' });
    const { url, going } = await begun();
    expect((await visit(url)).status).toBe(400);
    expect(center.calls.map(({ path }) => path)).not.toContain('/token');
    center.behave({});
    await visit(url);
    await going;
    expect(kept('acme')).toHaveProperty('accessToken');
  });

  test.each([
    ['another path', '/', {}],
    ['a name that leads to this machine', '/oauth/callback?code=x&state=y', { host: 'attacker.example' }],
  ])('%s is not found', async (_, path, headers) => {
    const { url, going } = await begun();
    const redirect = new URL(new URL(url).searchParams.get('redirect_uri') ?? '');
    const status = await new Promise((resolve) => {
      request({ host: redirect.hostname, port: redirect.port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(404);
    await visit(url);
    await going;
  });

  test('not finished in time', async () => {
    expect(await failureOf(() => logInWithSso(login('browser', { show: () => undefined, limit: 20 })))).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', message: expect.stringContaining('not finished in time') as string });
  });

  test('given up: nothing listens any more', async () => {
    const reason = new Error('given up');
    const going = logInWithSso(login('browser', { show: (step) => { steps.push(step); stop.abort(reason); } }));
    await expect(going).rejects.toBe(reason);
    const { redirect_uri: redirect = '' } = Object.fromEntries(new URL(steps[0]?.url ?? '').searchParams);
    await expect(fetch(redirect)).rejects.toThrow('fetch failed');
  });
});

describe('with a device code', () => {
  test('it polls while the person is about it, more slowly where it is told to', async () => {
    center.behave({ pending: ['AuthorizationPendingException', 'SlowDownException', 'AuthorizationPendingException'], interval: 2 });
    await logInWithSso(login('device'));
    expect(steps).toEqual([{ kind: 'device', url: `${center.origin}/device`, completeUrl: `${center.origin}/device?user_code=ABCD-EFGH`, code: 'ABCD-EFGH', until: expect.any(Date) as Date }]);
    expect(pauses).toEqual([2000, 2000, 7000, 7000]);
    expect(kept('acme')).toHaveProperty('refreshToken');
    for (const secret of center.secrets) expect(redact(secret)).toBe('[redacted]');
  });

  test('the code expires', async () => {
    center.behave({ pending: ['ExpiredTokenException'] });
    expect(await failureOf(() => logInWithSso(login('device')))).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', message: expect.stringContaining('not finished in time') as string });
  });

  test('a server that never says that it has expired is not asked for ever', async () => {
    center.behave({ pending: Array.from({ length: 1000 }, () => 'AuthorizationPendingException'), expiresIn: 0 });
    expect(await failureOf(() => logInWithSso(login('device')))).toMatchObject({ message: expect.stringContaining('not finished in time') as string });
  });

  test('declined', async () => {
    center.behave({ pending: ['AccessDeniedException'] });
    expect(await failureOf(() => logInWithSso(login('device')))).toMatchObject({ code: 'SSO_LOGIN_REQUIRED', message: expect.stringContaining('declined') as string });
  });
});

test.each([
  ['InvalidRequestException', 'SSO_LOGIN_REQUIRED', /sso_start_url and sso_region of \[sso-session acme\]/],
  ['InvalidScopeException', 'SSO_LOGIN_REQUIRED', /sso_registration_scopes/],
  ['UnauthorizedClientException', 'SSO_LOGIN_REQUIRED', /as a client \(UnauthorizedClientException\)/],
])('%s is told as what it is', async (refuses, code, message) => {
  center.behave({ refuses });
  const failure = await failureOf(() => logInWithSso(login('device')));
  expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(message)]);
});

test('a network that is down is no refused login', async () => {
  const aws = { AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:9' };
  expect(await failureOf(() => logInWithSso(login('browser', { aws })))).toMatchObject({ code: 'NETWORK_UNREACHABLE' });
});

test('without an endpoint of its own the page is where the SDK calls that region', async () => {
  const { openOidc } = await import('../../scripts/login/oidc');
  const urls = await Promise.all([['eu-west-1', {}], ['cn-north-1', {}], ['eu-west-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }]].map(async ([region, aws]) => {
    const oidc = await openOidc(aws as Record<string, string>, { ...login('browser').settings, region: region as string });
    oidc.close();
    return oidc.authorizeUrl;
  }));
  expect(urls).toEqual(['https://oidc.eu-west-1.amazonaws.com/authorize', 'https://oidc.cn-north-1.amazonaws.com.cn/authorize', 'https://oidc.eu-west-1.api.aws/authorize']);
});
