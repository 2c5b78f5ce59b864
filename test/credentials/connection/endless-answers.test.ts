import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { callApi } from '../../../scripts/api/signed-request';
import { github } from '../../../scripts/ci/github';
import { collectAnswer } from '../../../scripts/credentials/connection/collect-answer';
import { httpRequest } from '../../../scripts/credentials/connection/http-request';
import { translate } from '../../../scripts/credentials/refusals/refusal';
import { askContainer } from '../../../scripts/credentials/machine/container-credentials';
import { askInstance } from '../../../scripts/credentials/machine/instance-metadata';
import type { Found } from '../../../scripts/credentials/source';
import { proveIdentity } from '../../../scripts/identity/prove';
import { fetchIssuerKeys } from '../../../scripts/local-aws/sts/issuer-keys';
import { useOneError } from '../../identity/one-error';
import { startServer, type JsonServer } from '../json-server';
import { failureOf } from '../place';

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
