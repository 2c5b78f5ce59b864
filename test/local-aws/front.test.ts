import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { openLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import type { LocalEvent } from '../../scripts/local-aws/service';
import { sendSigned, type SignedInit } from './signed';

let folder: string;
let aws: OpenLocalAws;
const events: LocalEvent[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  aws = await openLocalAws({ folder, log: (event) => events.push(event) });
});

afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

const who: SignedInit = { service: 'sts', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=GetCallerIdentity&Version=2011-06-15' };
const parameter: SignedInit = { service: 'ssm', headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' }, body: '{"Name":"/none"}' };
const longAgo = new Date(Date.now() - 6 * 60 * 1000);
const tooSoon = new Date(Date.now() + 6 * 60 * 1000);

function clients<Client extends { destroy(): void }, Answer>(make: (init: object) => Client, use: (client: Client) => Promise<Answer>, change: object = {}): Promise<Answer> {
  const client = make({ endpoint: aws.origin, region: aws.region, credentials: aws.credentials, maxAttempts: 1, ...change });
  return use(client).finally(() => client.destroy());
}

const asSts = <Answer>(use: (client: STSClient) => Promise<Answer>, change: object = {}): Promise<Answer> => clients((init) => new STSClient(init), use, change);
const asSsm = <Answer>(use: (client: SSMClient) => Promise<Answer>, change: object = {}): Promise<Answer> => clients((init) => new SSMClient(init), use, change);

test('answers requests that the SDK signs, in both kinds of protocol', async () => {
  expect(await asSts((client) => client.send(new GetCallerIdentityCommand({})))).toMatchObject({ Account: aws.account, $metadata: { requestId: expect.any(String) as string } });
  await asSsm((client) => client.send(new PutParameterCommand({ Name: '/a/b', Value: 'text', Type: 'String' })));
  expect(await asSsm((client) => client.send(new GetParameterCommand({ Name: '/a/b' })))).toMatchObject({ Parameter: { Value: 'text', Version: 1 } });
});

test.each([
  ['an unknown key', { accessKeyId: 'ASIAY34FZKBOKMUTVV7A' }, 'InvalidClientTokenId', 403, 'UnrecognizedClientException'],
  ['a wrong secret', { secretAccessKey: 'x'.repeat(40) }, 'SignatureDoesNotMatch', 403, 'InvalidSignatureException'],
  ['a wrong token', { sessionToken: 'x'.repeat(40) }, 'InvalidClientTokenId', 403, 'UnrecognizedClientException'],
])('refuses %s as each protocol spells it', async (_title, change, queryName, queryStatus, jsonName) => {
  const credentials = { ...aws.credentials, ...change };
  await expect(asSts((client) => client.send(new GetCallerIdentityCommand({})), { credentials })).rejects.toMatchObject({ name: queryName, $metadata: { httpStatusCode: queryStatus } });
  await expect(asSsm((client) => client.send(new GetParameterCommand({ Name: '/a/b' })), { credentials })).rejects.toMatchObject({ name: jsonName, $metadata: { httpStatusCode: 400 } });
});

test('names what is refused in the words of the service', async () => {
  await expect(asSsm((client) => client.send(new GetParameterCommand({ Name: '/none' })))).rejects.toMatchObject({ name: 'ParameterNotFound', $metadata: { httpStatusCode: 400 } });
  await expect(asSts((client) => client.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/none', RoleSessionName: 'me' })))).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
});

test.each([
  ['an old signature', who, longAgo, 403, /<Code>SignatureDoesNotMatch<\/Code><Message>Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/],
  ['a signature of the future', who, tooSoon, 403, /<Code>SignatureDoesNotMatch<\/Code><Message>Signature not yet current: /],
  ['an old signature of JSON', parameter, longAgo, 400, /"__type":"InvalidSignatureException","message":"Signature expired: /],
])('refuses %s', async (_title, init, signingDate, status, text) => {
  const response = await sendSigned(aws, { ...init, signingDate });
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(text);
});

test.each<[string, NonNullable<SignedInit['tamper']>]>([
  ['its body', (sent) => void (sent.body = sent.body.replace('GetCallerIdentity', 'GetCallerIdentitx'))],
  ['a signed header', ({ headers }) => void (headers['content-type'] = 'application/x-www-form-urlencoded; charset=utf-8')],
  ['its region', ({ headers }) => void (headers['authorization'] = (headers['authorization'] ?? '').replace('us-west-2', 'us-east-1'))],
])('refuses a request of which somebody changed %s', async (_title, tamper) => {
  const response = await sendSigned(aws, { ...who, tamper });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
});

test.each([
  [{ 'content-type': 'application/x-www-form-urlencoded' }, 403, 'MissingAuthenticationToken<'],
  [{ 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1' }, 400, '"MissingAuthenticationTokenException"'],
  [{}, 403, '<Code>AccessDenied</Code>'],
  [{ authorization: 'AWS4-HMAC-SHA256 Credential=a/b', 'content-type': 'application/x-www-form-urlencoded' }, 400, 'IncompleteSignature<'],
])('refuses a request that is not signed: %p', async (headers, status, text) => {
  const response = await fetch(aws.origin, { method: 'POST', headers: headers as Record<string, string>, body: 'Action=GetCallerIdentity' });
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
});

test('refuses a service that it does not model, by name', async () => {
  const response = await sendSigned(aws, { service: 'sqs', headers: { 'x-amz-target': 'AmazonSQS.ListQueues', 'content-type': 'application/x-amz-json-1.0' }, body: '{}' });
  expect(response.status).toBe(501);
  expect(await response.json()).toMatchObject({ __type: expect.stringContaining('UnsupportedOperation') as string, message: expect.stringContaining('sqs') as string });
});

test('refuses chunks that are signed, of which it could verify none', async () => {
  const response = await sendSigned(aws, { service: 's3', method: 'PUT', path: '/box/key', headers: { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, body: 'x' });
  expect(response.status).toBe(501);
  expect(await response.text()).toContain('<Code>UnsupportedOperation</Code>');
});

test('does not answer web pages, nor another name', async () => {
  const page = await sendSigned(aws, { ...who, headers: { ...who.headers, origin: 'http://example.com' } });
  expect(page.status).toBe(403);
  const { port } = new URL(aws.origin);
  const rebound = httpRequest({ host: '127.0.0.1', port, headers: { host: `example.com:${port}` } }).end();
  const [response] = (await once(rebound, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  response.resume();
  expect(response.statusCode).toBe(403);
});

test('gives a request id with every answer, and logs a line for it without a secret', async () => {
  events.length = 0;
  const response = await sendSigned(aws, who);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  await response.text();
  expect(events).toEqual([{ kind: 'request', text: expect.stringMatching(/^sts GetCallerIdentity 200 \d+ ms$/) as string }]);
});
