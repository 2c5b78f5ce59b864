import { apiGateway } from '../../../scripts/local-aws/apigateway/service';
import { apiGatewayResourceTypes } from '../../../scripts/local-aws/apigateway/resource-types';
import { matchRoute } from '../../../scripts/local-aws/apigateway/routing';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { functions } from '../../../scripts/local-aws/lambda/functions';
import { lambdaResourceTypes } from '../../../scripts/local-aws/lambda/resource-types';
import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import type { ApiRequest, Caller, LocalResponse } from '../../../scripts/local-aws/service';
import { addFunction, folderAws, type FolderAws } from '../lambda/folder-aws';

const echo = 'exports.handler = async (event) => event;';
let local: FolderAws;
let apiId: string;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

async function make(type: string, properties: JsonObject): Promise<string> {
  const context: ResourceContext = { local, region: 'us-west-2', stackName: 'Stack', stackId: 'x', logicalId: 'Api' };
  const found = [...apiGatewayResourceTypes, ...lambdaResourceTypes].find(({ name }) => name === type);
  if (found === undefined) throw new Error(type);
  return (await found.create(context, properties)).physicalId;
}

async function deploy(code: string, { routes = ['GET /notes/{id}'], authorization = 'NONE', permission = '*/*', timeout = 30_000, stage = '$default' } = {}): Promise<void> {
  const { arn } = await addFunction(local, 'f', { 'index.js': code });
  apiId = await make('AWS::ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP' });
  const integration = await make('AWS::ApiGatewayV2::Integration', { ApiId: apiId, IntegrationType: 'AWS_PROXY', IntegrationUri: arn, PayloadFormatVersion: '2.0', TimeoutInMillis: timeout });
  for (const RouteKey of routes) await make('AWS::ApiGatewayV2::Route', { ApiId: apiId, RouteKey, AuthorizationType: authorization, Target: `integrations/${integration}` });
  await make('AWS::ApiGatewayV2::Stage', { ApiId: apiId, StageName: stage, AutoDeploy: true });
  const SourceArn = `arn:aws:execute-api:us-west-2:${local.account}:${apiId}/${permission}`;
  await make('AWS::Lambda::Permission', { FunctionName: arn, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn });
}

function call(method: string, target: string, changes: Partial<ApiRequest> = {}): Promise<LocalResponse> {
  const url = new URL(`http://127.0.0.1/_api/${apiId}${target}`);
  const request: ApiRequest = { method, url, headers: {}, body: Buffer.alloc(0), region: 'us-west-2', caller: null, authorize: null, sourceIp: '127.0.0.1', ...changes };
  return apiGateway(local).handleApiCall(apiId, url.pathname.slice(`/_api/${apiId}`.length), request);
}

const deny = (): never => { throw new AwsError('AccessDeniedException', 'no', 403); };
const said = ({ status, body }: LocalResponse): [number, string] => [status, body.toString()];

test('the event is that of payload format 2.0', async () => {
  await deploy(echo, { routes: ['POST /my/{name}'] });
  const headers = { 'content-type': 'application/json', cookie: 'cookie1=a; cookie2=b', 'user-agent': 'agent' };
  const { body, status } = await call('POST', '/my/a%20b?parameter1=value1&parameter1=value2&parameter2=value', { headers, body: Buffer.from('{"a":1}') });
  expect(status).toBe(200);
  const event = JSON.parse(body.toString()) as { requestContext: object };
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /my/{name}',
    rawPath: '/my/a b',
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1=a', 'cookie2=b'],
    headers: { 'content-type': 'application/json', 'user-agent': 'agent' },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    requestContext: expect.objectContaining({ accountId: local.account, apiId, stage: '$default', http: { method: 'POST', path: '/my/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'agent' } }) as object,
    pathParameters: { name: 'a b' },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
  expect(event.requestContext).toMatchObject({ time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string });
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
  ['(() => { throw new Error("no"); })()', [500, '{"message":"Internal Server Error"}']],
])('what the function answers: %s', async (expression, expected) => {
  await deploy(`exports.handler = async () => ${expression};`);
  expect(said(await call('GET', '/notes/1'))).toEqual(expected);
});

test('a function that is too slow: 503', async () => {
  await deploy('exports.handler = () => new Promise(() => {});', { timeout: 50 });
  expect(said(await call('GET', '/notes/1'))).toEqual([503, '{"message":"Service Unavailable"}']);
});

test('no route, and a body over 10 MB', async () => {
  await deploy(echo, { routes: ['POST /notes'] });
  expect(said(await call('GET', '/notes'))).toEqual([404, '{"message":"Not Found"}']);
  expect((await call('POST', '/notes', { body: Buffer.alloc(10 * 1024 * 1024 + 1) })).status).toBe(413);
});

test('IAM: nobody, somebody without and with the permission', async () => {
  await deploy(echo, { authorization: 'AWS_IAM' });
  const caller: Caller = { account: local.account, arn: 'arn:aws:sts::123456789012:assumed-role/dev/me', userId: 'AROAX:me', accessKeyId: 'ASIAX' };
  expect(said(await call('GET', '/notes/1'))).toEqual([403, '{"message":"Forbidden"}']);
  expect(said(await call('GET', '/notes/1', { caller, authorize: deny }))).toEqual([403, '{"message":"Forbidden"}']);
  const asked: unknown[] = [];
  const { status, body } = await call('GET', '/notes/1', { caller, authorize: (...all) => void asked.push(all) });
  expect(status).toBe(200);
  expect(asked).toEqual([['execute-api:Invoke', `arn:aws:execute-api:us-west-2:${local.account}:${apiId}/$default/GET/notes/1`]]);
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
