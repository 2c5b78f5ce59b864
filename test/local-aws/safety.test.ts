import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { openLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import type { LocalEvent } from '../../scripts/local-aws/service';
import { sendSigned, type SignedInit } from './signed';

let folder: string;
let aws: OpenLocalAws;
const events: LocalEvent[] = [];
const realNow = Date.now;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  aws = await openLocalAws({ folder, log: (event) => events.push(event) });
});
afterEach(() => { Date.now = realNow; });
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = (target: string) => ({ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target });
const requests: Readonly<Record<string, SignedInit>> = {
  query: { service: 'cloudformation', headers: form, body: 'Action=ListStacks&Version=2010-05-15' },
  json: { service: 'ssm', headers: json('AmazonSSM.GetParameter'), body: '{"Name":"/none"}' },
  'json 1.0': { service: 'dynamodb', headers: { ...json('DynamoDB_20120810.ListTables'), 'content-type': 'application/x-amz-json-1.0' }, body: '{}' },
  'REST JSON': { service: 'lambda', method: 'GET', path: '/2015-03-31/functions', headers: { 'content-type': 'application/json' } },
  'REST XML': { service: 's3', method: 'GET', path: '/a-bucket', query: { 'list-type': '2' }, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
};

/** The time of the server, and of the one who signs. */
async function sentLater(milliseconds: number, init: SignedInit): Promise<Response> {
  Date.now = () => realNow() + milliseconds;
  return sendSigned(aws, { ...init, signingDate: new Date(Date.now()) });
}

test.each([
  ['query', 403, '<Code>ExpiredToken</Code>'],
  ['json', 400, '"__type":"ExpiredTokenException"'],
  ['json 1.0', 400, '#ExpiredTokenException"'],
  ['REST JSON', 403, 'ExpiredTokenException'],
  ['REST XML', 400, '<Code>ExpiredToken</Code>'],
])('refuses a session that has expired, as %s spells it', async (protocol, status, text) => {
  const response = await sentLater(13 * 60 * 60 * 1000, requests[protocol] ?? { service: 'sts' });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
});

test('the SDK knows an expired session by its name', async () => {
  Date.now = () => realNow() + 13 * 60 * 60 * 1000;
  const client = new STSClient({ endpoint: aws.origin, region: aws.region, credentials: aws.credentials, maxAttempts: 1 });
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: expect.stringMatching(/^ExpiredToken/) as string });
  client.destroy();
});

test.each([
  ['query', 6, 403, 'Signature expired'],
  ['json', 6, 400, 'Signature expired'],
  ['json 1.0', -6, 400, 'Signature not yet current'],
  ['REST JSON', 6, 403, 'Signature expired'],
  ['REST XML', 16, 403, '<Code>RequestTimeTooSkewed</Code>'],
])('refuses a clock that is wrong, as %s spells it', async (protocol, minutes, status, text) => {
  const response = await sendSigned(aws, { ...(requests[protocol] ?? { service: 'sts' }), signingDate: new Date(realNow() - minutes * 60_000) });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
});

test('grants S3 the fifteen minutes that it has', async () => {
  const response = await sendSigned(aws, { ...(requests['REST XML'] ?? { service: 's3' }), signingDate: new Date(realNow() - 10 * 60_000) });
  expect(await response.text()).toContain('<Code>NoSuchBucket</Code>');
});

test.each([
  ['query', 'Action=x&'.padEnd(2 * 1024 * 1024 + 1, 'x'), '<Code>RequestEntityTooLarge</Code>'],
  ['json', JSON.stringify({ Name: 'x'.repeat(16 * 1024 * 1024) }), 'RequestEntityTooLarge'],
])('reads no more of a body of %s than its limit', async (protocol, body, text) => {
  const response = await sendSigned(aws, { ...(requests[protocol] ?? { service: 'sts' }), body });
  expect(response.status).toBe(413);
  expect(await response.text()).toContain(text);
});

test.each(['application/x-www-form-urlencoded', 'application/json', 'text/plain'])('leaves it to an API how much of a body of %s it takes', async (type) => {
  const response = await fetch(`${aws.origin}/_api/abcdefghij/notes`, { method: 'POST', headers: { 'content-type': type, connection: 'close' }, body: 'x'.repeat(10 * 1024 * 1024) });
  expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
});

interface Raw {
  readonly status: number | undefined;
  readonly body: string;
}

async function raw(headers: Readonly<Record<string, string>>, path = '/', method = 'POST'): Promise<Raw> {
  const { port } = new URL(aws.origin);
  const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, body };
}

test.each(['/', '/_local/health', '/_api/abcdefghij/notes'])('does not answer at %s to a name that somebody made lead here', async (path) => {
  const { port } = new URL(aws.origin);
  for (const host of [`example.com:${port}`, 'example.com', '127.0.0.1', `127.0.0.1.example.com:${port}`, `[::1]:${port}`]) {
    expect(await raw({ host, ...form }, path)).toMatchObject({ status: 403, body: expect.stringContaining('AccessDenied') as string });
  }
});

test.each(['http://example.com', 'null', 'http://localhost:3000'])('does not answer a web page of %s', async (origin) => {
  const { host } = new URL(aws.origin);
  for (const path of ['/', '/_local/health']) expect((await raw({ host, origin, ...form }, path)).status).toBe(403);
});

test('answers a fault of its own without saying what it was, and logs it in one line', async () => {
  const bucket = { service: 's3', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
  expect((await sendSigned(aws, { ...bucket, method: 'PUT', path: '/a-bucket-of-faults', body: `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${aws.region}</LocationConstraint></CreateBucketConfiguration>` })).status).toBe(200);
  expect((await sendSigned(aws, { ...bucket, method: 'PUT', path: '/a-bucket-of-faults/key', body: 'text' })).status).toBe(200);
  rmSync(join(folder, 's3'), { recursive: true });
  events.length = 0;
  const response = await sendSigned(aws, { ...bucket, method: 'GET', path: '/a-bucket-of-faults/key' });
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).toContain('<Code>InternalError</Code>');
  expect(text).not.toMatch(/ENOENT|node:|\.ts|takeoff|local-aws-/);
  expect(events).toEqual([{ kind: 'request', text: expect.stringMatching(/^s3 GET \/a-bucket-of-faults\/key \((Error: ENOENT[^\n]*|fault)\) 500 \d+ ms$/) as string }]);
});

test.each([
  ['that is no HTTP', 'nonsense\r\n\r\n'],
  ['with two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
])('ends a request %s, and goes on', async (_title, text) => {
  const { port } = new URL(aws.origin);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => { answer += chunk; });
  socket.end(text);
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toMatch(/at .*\.ts|Error:/);
  expect((await sendSigned(aws, requests['query'] ?? { service: 'sts' })).status).toBe(200);
});

test('answers a target that is no address as AWS answers a broken request', async () => {
  const { host } = new URL(aws.origin);
  for (const path of ['//', '//[', '/%', '/%E0%A4%A', '/_api/', '/?%zz=%', '*']) {
    const answered = await raw({ host, ...form }, path);
    expect(answered.status).toBeGreaterThanOrEqual(400);
    expect(answered.status).toBeLessThan(500);
    expect(answered.body).toContain('<Code>');
  }
});
