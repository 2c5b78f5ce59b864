import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { callApi } from '../../../scripts/api/signed-request';
import { github } from '../../../scripts/ci/github';
import { collectAnswer } from '../../../scripts/credentials/connection/collect-answer';
import { httpRequest } from '../../../scripts/credentials/connection/http-request';
import { translate } from '../../../scripts/credentials/refusals/refusal';
import { askContainer } from '../../../scripts/credentials/machine/container-credentials';
import { askInstance } from '../../../scripts/credentials/machine/instance-metadata';
import { resolveProfile } from '../../../scripts/credentials/profiles/resolve-profile';
import type { Found } from '../../../scripts/credentials/source';
import { proveIdentity } from '../../../scripts/identity/prove';
import { fetchIssuerKeys } from '../../../scripts/local-aws/sts/issuer-keys';
import { useOneError } from '../../identity/one-error';
import { startServer, type JsonServer } from '../json-server';
import { failureOf, makePlace } from '../place';

// Who answers decides how much: each of those that are asked gives bytes without end here, as fast as they are taken.

useOneError();

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const piece = Buffer.alloc(1 << 16, 'x');
let server: JsonServer;
let sent: number;

function withoutEnd(response: ServerResponse): void {
  const more = (): void => {
    while (!response.destroyed && response.write(piece)) sent += piece.length;
  };
  response.on('drain', more);
  more();
}

beforeEach(async () => {
  sent = 0;
  server = await startServer((_seen, response) => { withoutEnd(response); });
});
afterEach(() => server.close());

const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: 'x'.repeat(40) };

const askers: readonly (readonly [string, (origin: string) => Promise<unknown>, object])[] = [
  ['STS', (origin) => proveIdentity({ source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws: { AWS_ENDPOINT_URL: origin } } satisfies Found, { value: 'us-west-2', source: '--region' }), { code: 'AWS_UNAVAILABLE', message: expect.stringMatching(/^127\.0\.0\.1:\d+ sends more than AWS ever answers: it was broken off\. The credentials were not judged\.$/) as string }],
  ['a container', (origin) => askContainer(new URL(origin), { file: null, value: null }), { code: 'AWS_UNAVAILABLE', message: expect.stringMatching(/^The credential endpoint of this container, \S+, sends more than any credentials have/) as string }],
  ['GitHub', (origin) => github.getToken({ environment: { ACTIONS_ID_TOKEN_REQUEST_URL: origin, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'the bearer of the job' }, get: (url, headers) => httpRequest(url, { method: 'GET', headers, body: null, agents: {}, patience: 10_000 }), wait: () => Promise.resolve() }), { code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringMatching(/^GitHub's token service, \S+, sends more than any token has/) as string }],
  ['a deployed API', (origin) => callApi({ apiUrl: origin, method: 'GET', path: '/', body: null, credentials, region: 'us-west-2', aws: {} }).catch((error: unknown) => { throw translate(error, { aws: {}, url: new URL(origin), region: 'us-west-2', credentials }); }), { code: 'AWS_UNAVAILABLE', message: expect.stringContaining('sends more than') as string }],
];

test.each(askers)('%s that answers without end is broken off, and named', async (who, ask, failure) => {
  expect(await failureOf(() => ask(server.origin))).toMatchObject(failure);
  expect(sent).toBeLessThan(64 << 20);
  expect(server.seen).toHaveLength(who === 'a container' ? 3 : 1);
});

test.each([
  ['the portal of IAM Identity Center', 'AWS_ENDPOINT_URL_SSO', { expiresAt: '2099-01-01T00:00:00Z' }],
  ['what renews its login', 'AWS_ENDPOINT_URL_SSO_OIDC', { expiresAt: '2020-01-01T00:00:00Z', refreshToken: 'the-token-that-renews-it', clientId: 'client', clientSecret: 'the-secret-of-the-client', registrationExpiresAt: '2099-01-01T00:00:00Z' }],
])('%s, which a client of the SDK asks, is broken off too', async (_, variable, login) => {
  const place = makePlace();
  try {
    place.inHome('.aws/config', '[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1\n');
    place.inHome(`.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`, JSON.stringify({ accessToken: 'the-token-of-the-login', region: 'eu-west-1', startUrl: 'https://a.example', ...login }));
    const { found } = resolveProfile('dev', place.surroundings({ [variable]: server.origin }), { source: 'profile', title: 'profile dev', namedBy: '--profile' });
    expect(await failureOf(found.provider)).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('sends more than AWS ever answers') as string });
    expect(sent).toBeLessThan(64 << 20);
  } finally {
    place.remove();
  }
});

test('an instance that does gives no role', async () => {
  expect(await askInstance(new URL(server.origin))).toEqual({ kind: 'none', why: 'the metadata service of this instance sends more than any credentials have' });
});

test('an issuer that does has no keys', async () => {
  await expect(fetchIssuerKeys(server.origin)).rejects.toMatchObject({ code: 'InvalidIdentityToken' });
});

test('an answer that goes on for ever, a byte now and then, ends by the clock', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  const answer = new Readable({ read: () => undefined });
  answer.push('x');
  const collected = collectAnswer(answer).catch((error: unknown) => error);
  jest.advanceTimersByTime(30_000);
  expect(await collected).toMatchObject({ name: 'TimeoutError' });
  jest.useRealTimers();
});

test('what fits comes whole', async () => {
  expect(await collectAnswer(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3)).toEqual(Buffer.from('abc'));
  await expect(collectAnswer(Readable.from([Buffer.from('ab'), Buffer.from('cd')]), 3)).rejects.toMatchObject({ name: 'AnswerTooLargeError' });
});
