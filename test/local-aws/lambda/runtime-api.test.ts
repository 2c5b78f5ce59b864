import { request } from 'node:http';
import { invokeFunction } from '../../../scripts/local-aws/lambda/invoke';
import { openRuntimeApi, type RuntimeApi } from '../../../scripts/local-aws/lambda/runtime-api';
import type { Work } from '../../../scripts/local-aws/lambda/runtime-work';
import { addFunction, folderAws } from './folder-aws';

// The paths, headers and statuses of https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html

let api: RuntimeApi;
beforeEach(async () => { api = await openRuntimeApi('us-west-2'); });
afterEach(() => api.close());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function call(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${api.address}${path}`, { method, headers, agent: false }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
      reply.once('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }));
    });
    sent.once('error', reject).end(body);
  });
}

const next = () => call('GET', '/2018-06-01/runtime/invocation/next');
const post = (path: string, body: string) => call('POST', `/2018-06-01/runtime/${path}`, body);
const work: Work = { event: '{"a":1}', requestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd', deadline: 1_542_409_706_888, arn: 'arn:aws:lambda:us-west-2:000000000000:function:f', traceId: 'Root=1-a;Parent=b;Sampled=0', clientContext: '{}' };
const ids = { response: `invocation/${work.requestId}/response`, error: `invocation/${work.requestId}/error` };
const ok = { status: 202, body: '{"status":"OK"}' };
const report = { errorType: 'InvalidFunctionException', errorMessage: 'Error parsing event data.', trace: ['a'] };

/** A runtime that has just got {@link work}. */
async function working(): Promise<Answer> {
  const asked = next();
  expect(await api.work.next()).toEqual({ kind: 'ready' });
  api.work.give(work);
  return asked;
}

/** What the work came to: known at the latest once the runtime asks for more. */
async function cameTo(): Promise<unknown> {
  const asked = next();
  const said = await api.work.next();
  api.work.give({ ...work, requestId: 'the-next' });
  await asked;
  return said;
}

test('hands out work with its headers, and takes the response', async () => {
  expect(await working()).toMatchObject({
    status: 200, body: work.event,
    headers: {
      'lambda-runtime-aws-request-id': work.requestId, 'lambda-runtime-deadline-ms': '1542409706888', 'lambda-runtime-invoked-function-arn': work.arn,
      'lambda-runtime-trace-id': work.traceId, 'lambda-runtime-client-context': '{}',
    },
  });
  expect(await post(ids.response, '"SUCCESS"')).toMatchObject(ok);
  expect(await api.work.next()).toEqual({ kind: 'result', payload: '"SUCCESS"' });
  // Who has answered gets more as soon as it asks.
  api.work.give({ ...work, event: '{"a":2}' });
  expect(await next()).toMatchObject({ status: 200, body: '{"a":2}' });
});

test('takes an error, which is fatal where the process ends with it', async () => {
  await working();
  expect(await post(ids.error, JSON.stringify(report))).toMatchObject(ok);
  expect(api.work.last()).toEqual({ kind: 'fatal', report });
  expect(await cameTo()).toEqual({ kind: 'error', report });
});

test('takes an error of the initialization, until there was work', async () => {
  expect(await post('init/error', JSON.stringify(report))).toMatchObject(ok);
  expect(api.work.last()).toEqual({ kind: 'init-error', report });
  await cameTo();
  expect(await post('init/error', JSON.stringify(report))).toMatchObject({ status: 403 });
});

test('too large a response is an error of the function', async () => {
  await working();
  expect(await post(ids.response, 'x'.repeat(6 * 1024 * 1024 + 101))).toMatchObject({ status: 413, body: expect.stringContaining('RequestEntityTooLarge') as string });
  expect(await cameTo()).toMatchObject({ kind: 'error', report: { errorType: 'Function.ResponseSizeTooLarge' } });
});

test.each([
  ['work while it has some', () => next(), 403, 'InvalidStateTransition'],
  ['an answer to other work', () => post('invocation/other/response', '1'), 400, 'InvalidRequestID'],
  ['an error without its members', () => post(ids.error, '{"message":"no"}'), 400, 'InvalidErrorShape'],
  ['an error that is no JSON', () => post(ids.error, 'no'), 400, 'InvalidErrorShape'],
  ['another method', () => call('PUT', '/2018-06-01/runtime/invocation/next'), 404, 'NotFound'],
  ['another path', () => call('GET', '/2018-06-01/runtime/restore/next'), 404, 'NotFound'],
  ['a web page', () => call('GET', '/2018-06-01/runtime/invocation/next', '', { 'sec-fetch-site': 'cross-site' }), 403, 'Forbidden'],
  ['a web page that says so', () => call('POST', `/2018-06-01/runtime/${ids.response}`, '1', { origin: 'http://example.com' }), 403, 'Forbidden'],
  ['another name', () => call('GET', '/2018-06-01/runtime/invocation/next', '', { host: 'example.com' }), 403, 'Forbidden'],
])('refuses %s', async (_, refused, status, errorType) => {
  await working();
  const { body, ...answer } = await refused();
  expect([answer.status, JSON.parse(body)]).toEqual([status, { errorType, errorMessage: expect.any(String) as string }]);
  expect(api.work.last()).toBeNull();
});

test('takes one answer for each work', async () => {
  await working();
  await post(ids.response, '1');
  expect(await post(ids.response, '2')).toMatchObject({ status: 403 });
  expect(await cameTo()).toEqual({ kind: 'result', payload: '1' });
});

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-metadata-endpoint.html
test.each([
  ['us-west-2', 'usw2-az1'],
  ['eu-central-1', 'euc1-az1'],
  ['ap-southeast-2', 'apse2-az1'],
  ['us-gov-east-1', 'usge1-az1'],
])('tells whoever has the token of the zone in %s', async (region, zone) => {
  const other = await openRuntimeApi(region);
  const ask = (authorization: string, method = 'GET') => fetch(`http://${other.address}/2026-01-15/metadata/execution-environment`, { method, headers: { authorization } });
  const told = await ask(`Bearer ${other.metadataToken}`);
  expect([told.status, told.headers.get('cache-control'), await told.json()]).toEqual([200, 'private, max-age=43200, immutable', { AvailabilityZoneID: zone }]);
  expect([(await ask('Bearer other')).status, (await ask(`Bearer ${other.metadataToken}`, 'POST')).status]).toEqual([401, 405]);
  await other.close();
});

test('is where a function gets its work from, and whom it can ask itself', async () => {
  const local = folderAws();
  const code = `exports.handler = async (event, context) => {
    const runtime = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime/invocation/';
    const more = await fetch(runtime + 'next');
    const answered = await fetch(runtime + context.awsRequestId + '/response', { method: 'POST', body: '"by itself"' });
    const metadata = await fetch('http://' + process.env.AWS_LAMBDA_METADATA_API + '/2026-01-15/metadata/execution-environment', { headers: { authorization: 'Bearer ' + process.env.AWS_LAMBDA_METADATA_TOKEN } });
    console.log(JSON.stringify({ more: more.status, answered: answered.status, ...(await metadata.json()) }));
  };`;
  await addFunction(local, 'f', { 'index.js': code });
  const { lines, payload } = await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'));
  expect(payload.toString()).toBe('"by itself"');
  expect(lines.join('\n')).toContain('{"more":403,"answered":202,"AvailabilityZoneID":"usw2-az1"}');
  await local.close();
});
