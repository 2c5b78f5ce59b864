import { matchRoute } from '../../../scripts/local-aws/apigateway/routing';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { functions } from '../../../scripts/local-aws/lambda/functions';
import type { Caller, LocalResponse } from '../../../scripts/local-aws/service';
import { folderAws, type FolderAws } from '../lambda/folder-aws';
import { deployApi, echo, type ApiInit, type TestApi } from './test-api';

let local: FolderAws;
let api: TestApi;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

const deploy = async (code: string, init?: ApiInit): Promise<void> => { api = await deployApi(local, code, init); };
const call: TestApi['call'] = (...given) => api.call(...given);
const deny = (): never => { throw new AwsError('AccessDeniedException', 'no', 403); };
const said = ({ status, body }: LocalResponse): [number, string] => [status, body.toString()];

test('the event is that of payload format 2.0', async () => {
  await deploy(echo, { routes: ['POST /my/{name}'] });
  const headers = { 'content-type': 'application/json', cookie: 'cookie1=a; cookie2=b', 'user-agent': 'agent', 'x-forwarded-for': '203.0.113.7', connection: 'keep-alive', 'transfer-encoding': 'chunked' };
  const { body, status } = await call('POST', '/my/a%20b?parameter1=value1&parameter1=value2&parameter2=value', { headers, body: Buffer.from('{"a":1}') });
  expect(status).toBe(200);
  const event = JSON.parse(body.toString()) as { requestContext: object };
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /my/{name}',
    rawPath: '/my/a b',
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1=a', 'cookie2=b'],
    headers: {
      'content-length': '7', 'content-type': 'application/json', 'user-agent': 'agent', 'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
      'x-forwarded-for': '203.0.113.7, 127.0.0.1', 'x-forwarded-port': '80', 'x-forwarded-proto': 'http',
    },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    requestContext: expect.objectContaining({ accountId: local.account, apiId: api.id, stage: '$default', http: { method: 'POST', path: '/my/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'agent' } }) as object,
    pathParameters: { name: 'a b' },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
  expect(event.requestContext).toMatchObject({ time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string });
});

/** Of the event, and of the function's environment. */
async function traces(headers: Record<string, string> = {}): Promise<readonly string[]> {
  return JSON.parse((await call('GET', '/notes/1', { headers })).body.toString()) as string[];
}

test('the function works in the trace that the event names, which is new for each call where the caller has none', async () => {
  await deploy("exports.handler = async ({ headers }) => [headers['x-amzn-trace-id'], process.env._X_AMZN_TRACE_ID];");
  const [first = '', invocation = ''] = await traces();
  expect(invocation).toMatch(new RegExp(`^${first};Parent=[0-9a-f]{16};Sampled=0$`));
  expect(await traces()).not.toContain(first);
  const given = 'Root=1-67891233-abcdef012345678912345678';
  expect(await traces({ 'x-amzn-trace-id': given })).toEqual([given, expect.stringMatching(`^${given};Parent=`)]);
});

test('a binary body goes in and comes out whole, with cookies', async () => {
  await deploy(`exports.handler = async ({ body, isBase64Encoded }) => ({ statusCode: 201, body, isBase64Encoded, cookies: ['a=1', 'b=2'], headers: { 'Content-Type': 'image/png' } });`, { routes: ['$default'] });
  const body = Buffer.from([0, 255, 1, 254]);
  const response = await call('PUT', '/any/thing', { headers: { 'content-type': 'image/png' }, body });
  expect(response).toMatchObject({ status: 201, body, headers: { 'content-type': 'image/png', 'set-cookie': ['a=1', 'b=2'] } });
});

test.each([
  ['"Hello"', [200, 'Hello']],
  ['({ a: 1 })', [200, '{"a":1}']],
  ['({ statusCode: 404, body: "gone" })', [404, 'gone']],
  ['({ statusCode: "x" })', [500, '{"message":"Internal Server Error"}']],
  ['({ statusCode: 100 })', [500, '{"message":"Internal Server Error"}']],
  ['({ statusCode: 200, headers: { a: "b\\nc: d" } })', [500, '{"message":"Internal Server Error"}']],
  ['({ statusCode: 200, headers: { "a b": "c" } })', [500, '{"message":"Internal Server Error"}']],
  ['({ statusCode: 200, cookies: ["a\\r\\nb"] })', [500, '{"message":"Internal Server Error"}']],
  ['(() => { throw new Error("no"); })()', [500, '{"message":"Internal Server Error"}']],
])('what the function answers: %s', async (expression, expected) => {
  await deploy(`exports.handler = async () => ${expression};`);
  expect(said(await call('GET', '/notes/1'))).toEqual(expected);
});

test('API Gateway says itself how the body is sent', async () => {
  await deploy('exports.handler = async () => ({ statusCode: 200, body: "four", headers: { "Content-Length": "2", "Transfer-Encoding": "chunked", Connection: "close", "X-Own": "1" } });');
  const { headers } = await call('GET', '/notes/1');
  expect(headers).toEqual({ 'x-own': '1', 'content-type': 'text/plain;charset=UTF-8', 'apigw-requestid': expect.any(String) as string });
});

test.each([
  ['text/plain;charset=utf-8', false], ['text/csv', false], ['application/json; charset=utf-8', false], ['application/xml', false], ['application/javascript', false],
  ['application/x-www-form-urlencoded', true], ['application/octet-stream', true], ['image/svg+xml', true], ['application/vnd.api+json', true], [undefined, true],
])('a body of the type %s arrives in base64: %s', async (type, binary) => {
  await deploy(echo, { routes: ['$default'] });
  const { body } = await call('POST', '/', { headers: type === undefined ? {} : { 'content-type': type }, body: Buffer.from('a=1') });
  expect(JSON.parse(body.toString())).toMatchObject({ isBase64Encoded: binary, body: binary ? 'YT0x' : 'a=1' });
});

test('the query goes on as it was sent, the path decoded and up to what was a question mark', async () => {
  await deploy(echo, { routes: ['$default'] });
  const { body } = await call('GET', "/a%2Fb%20c%3Fd=e?q=%41%20b'c&q=2&empty&__proto__=1");
  expect(JSON.parse(body.toString())).toMatchObject({ rawPath: '/a/b c', rawQueryString: "q=%41%20b'c&q=2&empty&__proto__=1", queryStringParameters: { q: "A b'c,2", empty: '' } });
  expect((await call('GET', '/%zz')).status).toBe(404);
});

test('a function that is too slow: 503', async () => {
  await deploy('exports.handler = () => new Promise(() => {});', { timeout: 50 });
  expect(said(await call('GET', '/notes/1'))).toEqual([503, '{"message":"Service Unavailable"}']);
});

test('no route, and a body over 10 MB', async () => {
  await deploy(echo, { routes: ['POST /notes'] });
  expect(said(await call('GET', '/notes'))).toEqual([404, '{"message":"Not Found"}']);
  expect(said(await call('POST', '/notes', { body: Buffer.alloc(10 * 1024 * 1024 + 1) }))).toEqual([413, '{"message":"Request Entity Too Large"}']);
  expect(said(await call('POST', '/notes', { body: Buffer.alloc(7 * 1024 * 1024), headers: { 'content-type': 'text/plain' } }))).toEqual([413, '{"message":"Request Too Long"}']);
});

test('IAM: nobody, somebody without and with the permission', async () => {
  await deploy(echo, { authorization: 'AWS_IAM' });
  const caller: Caller = { account: local.account, arn: 'arn:aws:sts::123456789012:assumed-role/dev/me', userId: 'AROAX:me', accessKeyId: 'ASIAX' };
  expect(said(await call('GET', '/notes/1'))).toEqual([403, '{"message":"Forbidden"}']);
  expect(said(await call('GET', '/notes/1', { caller, authorize: deny }))).toEqual([403, '{"message":"Forbidden"}']);
  const asked: unknown[] = [];
  const { status, body } = await call('GET', '/notes/1', { caller, authorize: (...all) => void asked.push(all) });
  expect(status).toBe(200);
  expect(asked).toEqual([['execute-api:Invoke', `arn:aws:execute-api:us-west-2:${local.account}:${api.id}/$default/GET/notes/1`]]);
  expect(JSON.parse(body.toString())).toMatchObject({
    requestContext: { authorizer: { iam: { accessKey: 'ASIAX', accountId: local.account, callerId: 'AROAX:me', cognitoIdentity: null, principalOrgId: null, userArn: caller.arn, userId: 'AROAX:me' } } },
  });
});

test('the function is called only with a permission whose source matches', async () => {
  await deploy(echo, { permission: '*/*/notes/{id}' });
  expect((await call('GET', '/notes/1')).status).toBe(200);
  for (const record of functions(local).values()) record.permissions = Object.fromEntries(Object.entries(record.permissions).map(([id, each]) => [id, { ...each, sourceArn: `${each.sourceArn}/other` }]));
  expect((await call('GET', '/notes/1')).status).toBe(500);
});

test('a named stage is part of the path', async () => {
  await deploy(echo, { stage: 'dev' });
  expect(JSON.parse((await call('GET', '/dev/notes/1')).body.toString())).toMatchObject({ rawPath: '/dev/notes/1', pathParameters: { id: '1' }, requestContext: { stage: 'dev' } });
  expect((await call('GET', '/notes/1')).status).toBe(404);
});

// The documented example: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
test.each([
  ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
  ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
  ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
  ['POST', '/test/5', 'ANY /{proxy+}'],
  ['POST', '/', '$default'],
])('%s %s takes %s', (method, path, expected) => {
  const keys = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];
  expect(matchRoute(keys.map((routeKey) => ({ routeKey, authorization: 'NONE', target: '' })), method, path)?.route.routeKey).toBe(expected);
});

test.each([
  ['GET', '/files/a/b/c', 'GET /files/{path+}', { path: 'a/b/c' }],
  ['GET', '/files/', '$default', {}],
  ['HEAD', '/files/a', '$default', {}],
  ['DELETE', '/users/7/files/x/y', 'ANY /users/{id}/files/{rest+}', { id: '7', rest: 'x/y' }],
  ['GET', '/users/7', 'GET /users/{id}', { id: '7' }],
  ['PUT', '/users/7', 'ANY /users/{id}', { id: '7' }],
  ['GET', '/users/7/', '$default', {}],
])('%s %s takes %s with its parameters', (method, path, expected, parameters) => {
  const keys = ['ANY /users/{id}', 'GET /users/{id}', 'ANY /users/{id}/files/{rest+}', 'GET /files/{path+}', '$default'];
  const match = matchRoute(keys.map((routeKey) => ({ routeKey, authorization: 'NONE', target: '' })), method, path);
  expect([match?.route.routeKey, match?.parameters]).toEqual([expected, parameters]);
});
