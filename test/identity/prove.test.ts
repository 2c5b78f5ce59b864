import { createServer, type Socket } from 'node:net';
import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { clientConfig } from '../../scripts/credentials/connection/aws-client';
import type { AwsVariables } from '../../scripts/credentials/connection/aws-variables';
import type { Credentials, Found } from '../../scripts/credentials/source';
import { Failure } from '../../scripts/failures/failure';
import { proveIdentity } from '../../scripts/identity/prove';
import { identity, page, refusal, startFakeSts, type Answer, type FakeSts } from './fake-sts';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';
const longTerm: Credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: secret };
const temporary: Credentials = { accessKeyId: 'ASIAQYLPMN5HHHFPZAM2', secretAccessKey: secret, sessionToken: 'a-token-of-some-length' };
const region = { value: 'us-west-2', source: '--region' };

function found(aws: AwsVariables, credentials: Credentials = longTerm): Found {
  return { source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof Failure)) throw new Error(`no Failure but ${String(error)}`);
  return error;
}

const servers: FakeSts[] = [];

async function sts(answer: Answer): Promise<FakeSts> {
  const server = await startFakeSts(answer);
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Proves long-term keys, or `credentials`, against a server that answers as `answer`. */
async function refusedBy(answer: Answer, credentials = longTerm): Promise<Failure> {
  const server = await sts(answer);
  return failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: server.origin }, credentials), region));
}

test('what STS accepts is proved, with the kind and the very credentials', async () => {
  const server = await sts(identity());
  const proof = await proveIdentity(found({ AWS_ENDPOINT_URL_STS: server.origin, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, temporary), region);
  expect(proof).toEqual({
    identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/dev', userId: 'AIDAEXAMPLE', partition: 'aws' },
    credentials: temporary,
    kind: 'temporary',
    clockOffsetMs: expect.any(Number) as number,
  });
  expect(server.requests.map(({ action, accessKeyId }) => [action, accessKeyId])).toEqual([['GetCallerIdentity', temporary.accessKeyId]]);
});

test('the partition is the ARN\'s', async () => {
  const server = await sts(identity('123456789012', 'arn:aws-us-gov:sts::123456789012:assumed-role/r/s'));
  const { identity: proved, kind } = await proveIdentity(found({ AWS_ENDPOINT_URL: server.origin }), region);
  expect([proved.partition, kind]).toEqual(['aws-us-gov', 'long-term']);
});

test.each([
  ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'INVALID_ACCESS_KEY'],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 'INVALID_ACCESS_KEY'],
  ['SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.', 'INVALID_SECRET'],
  ['ExpiredToken', 'The security token included in the request is expired', 'EXPIRED_CREDENTIALS'],
  ['ExpiredTokenException', 'The security token included in the request is expired', 'EXPIRED_CREDENTIALS'],
  ['IncompleteSignature', 'Credential must have exactly 5 slash-delimited elements', 'MALFORMED_CREDENTIALS'],
  ['InvalidAccessKeyId', 'The access key id does not exist in our records.', 'INVALID_ACCESS_KEY'],
  ['InvalidSignatureException', 'The request signature we calculated does not match.', 'INVALID_SECRET'],
  ['InvalidSignatureException', 'Signature not yet current: 1 is still later than 2', 'CLOCK_SKEW'],
  ['RequestExpired', 'Request has expired.', 'CLOCK_SKEW'],
  ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 'CLOCK_SKEW'],
  ['RegionDisabledException', 'STS is not activated in this region', 'REGION_DISABLED'],
  ['AccessDenied', 'User: arn:aws:iam::123456789012:user/dev is not authorized to perform: sts:GetCallerIdentity', 'ACCESS_DENIED'],
])('%s (%s) is %s', async (code, message, expected) => {
  const failure = await refusedBy(refusal(code, message, code === 'IncompleteSignature' ? 400 : 403));
  expect(failure.code).toBe(expected);
  expect(failure.fix).not.toBe('');
});

test('a refusal quotes neither the secret nor what the server said', async () => {
  const failure = await refusedBy(refusal('InvalidClientTokenId', `echo of ${secret}`));
  expect(`${failure.message}\n${failure.fix}`).not.toMatch(/echo of|wJalr/);
  expect(failure.message).toContain('AKIA…ZAM2');
});

test('a long-term key beside a stale token is told from an unknown key', async () => {
  const failure = await refusedBy(refusal('InvalidClientTokenId', 'invalid'), { ...longTerm, sessionToken: 'the-token-of-another-key' });
  expect(failure).toMatchObject({ code: 'INVALID_ACCESS_KEY', fix: 'unset AWS_SESSION_TOKEN' });
});

test('an expired session names when, and all that is to be set anew', async () => {
  const failure = await refusedBy(refusal('ExpiredToken', 'expired'), { ...temporary, expiration: new Date('2026-01-02T03:04:05Z') });
  expect(failure.message).toContain('2026-01-02T03:04:05.000Z');
  expect(failure.fix).toContain('export AWS_SESSION_TOKEN=');
});

test('a clock that is off is not a wrong secret', async () => {
  const failure = await refusedBy(refusal('SignatureDoesNotMatch', 'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z (20260101T010500Z - 5 min.)'));
  expect(failure.code).toBe('CLOCK_SKEW');
});

test.each([500, 503, 429])('status %d after retries is AWS\'s fault, and the keys were not judged', async (status) => {
  const server = await sts(page(status));
  const failure = await failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: server.origin }), region));
  expect(failure.code).toBe('AWS_UNAVAILABLE');
  expect(failure.message).toContain('not judged');
  expect(server.requests).toHaveLength(3);
});

test.each([200, 302, 403, 407])('a page with status %d is no answer of STS', async (status) => {
  const failure = await refusedBy(page(status));
  expect(failure.code).toBe('AWS_UNAVAILABLE');
});

test('an answer without twelve digits is none', async () => {
  const server = await sts(identity('12345'));
  const failure = await failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_STS: server.origin }), region));
  expect(failure).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('no account in the answer') as string });
  expect(failure.fix).toBe(`Look at what serves ${server.origin}, which AWS_ENDPOINT_URL_STS names, or go without it: unset AWS_ENDPOINT_URL_STS`);
});

test('an endpoint that refuses connections is named, and no one is sent to look for keys', async () => {
  const server = await sts(identity());
  await server.close();
  const failure = await failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: server.origin }), region));
  expect(failure.code).toBe('NETWORK_UNREACHABLE');
  expect(failure.message).toContain(server.origin);
  expect(failure.fix).toContain('unset AWS_ENDPOINT_URL');
  expect(failure.fix).not.toMatch(/export AWS_ACCESS|aws configure/);
});

test('a connection that breaks is the network\'s', async () => {
  const server = await sts((_request, response) => { response.destroy(); });
  const failure = await failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: server.origin }), region));
  expect(failure.code).toBe('NETWORK_UNREACHABLE');
});

test('a name that does not resolve is the network\'s', async () => {
  const failure = await failureOf(proveIdentity(found({ AWS_ENDPOINT_URL: 'https://sts.nowhere.invalid' }), region));
  expect(failure.code).toBe('NETWORK_UNREACHABLE');
  expect(failure.message).toContain('sts.nowhere.invalid');
});

test('the request timeout ends a server that says nothing', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => { sockets.push(socket); });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const config = await clientConfig({ AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}` }, 'sts', 'us-west-2');
  const client = new STSClient({ ...config, maxAttempts: 1, requestHandler: { ...config.requestHandler, requestTimeout: 50 }, credentials: longTerm });
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  client.destroy();
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => { server.close(closed); });
});

test('what the provider fails with goes on as it is', async () => {
  const failure = new Failure({ code: 'SSO_LOGIN_REQUIRED', message: 'm', fix: 'f' });
  const broken: Found = { ...found({}), provider: async () => { throw failure; } };
  expect(await failureOf(proveIdentity(broken, region))).toBe(failure);
});
