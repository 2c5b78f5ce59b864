import { folderAws, type FolderAws } from '../lambda/folder-aws';
import { deployApi, make } from './test-api';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html

let local: FolderAws;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

const code = 'exports.handler = async () => ({ statusCode: 200, body: "called", headers: { "Access-Control-Allow-Origin": "https://own.example", "X-Own": "1" } });';
const cors = {
  AllowCredentials: true, AllowHeaders: ['content-type', 'authorization'], AllowMethods: ['GET', 'POST'], AllowOrigins: ['https://www.example.com', 'http://*'],
  ExposeHeaders: ['date'], MaxAge: 300,
};
const preflight = (origin: string): { headers: Record<string, string> } => ({ headers: { origin, 'access-control-request-method': 'GET' } });

test('a preflight request is answered without a route for it, and without the function', async () => {
  const api = await deployApi(local, code, { cors });
  expect(await api.call('OPTIONS', '/notes/1', preflight('https://www.example.com'))).toEqual({
    status: 204, body: '',
    headers: {
      'access-control-allow-origin': 'https://www.example.com', 'access-control-allow-credentials': 'true', 'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,authorization', 'access-control-expose-headers': 'date', 'access-control-max-age': '300',
      'apigw-requestid': expect.any(String) as string,
    },
  });
  expect(local.events).toEqual([]);
});

test.each([
  ['http://localhost:3000', 'http://localhost:3000'],
  ['https://other.example', undefined],
  ['https://www.example.com.evil.example', undefined],
])('the origin %s is answered with %s', async (origin, allowed) => {
  const api = await deployApi(local, code, { cors });
  const { status, headers } = await api.call('OPTIONS', '/notes/1', preflight(origin));
  expect([status, headers['access-control-allow-origin'], headers['access-control-allow-methods']]).toEqual([204, allowed, allowed && 'GET,POST']);
});

test('what the function says of CORS is ignored, and the rest goes through', async () => {
  const api = await deployApi(local, code, { cors });
  const { headers, body } = await api.call('GET', '/notes/1', { headers: { origin: 'https://www.example.com' } });
  expect(body).toBe('called');
  expect(headers).toMatchObject({ 'access-control-allow-origin': 'https://www.example.com', 'access-control-allow-credentials': 'true', 'access-control-expose-headers': 'date', 'x-own': '1' });
  expect(headers).not.toHaveProperty('access-control-allow-methods');
  const without = await api.call('GET', '/notes/1');
  expect(Object.keys(without.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('without a configuration the function alone says it, and a preflight is a request like any other', async () => {
  const api = await deployApi(local, code, { routes: ['GET /notes/{id}'] });
  expect((await api.call('GET', '/notes/1', { headers: { origin: 'https://x.example' } })).headers).toMatchObject({ 'access-control-allow-origin': 'https://own.example' });
  expect((await api.call('OPTIONS', '/notes/1', preflight('https://www.example.com'))).status).toBe(404);
});

test('OPTIONS without the headers of a preflight takes its route', async () => {
  const api = await deployApi(local, code, { cors, routes: ['$default'] });
  expect((await api.call('OPTIONS', '/x', { headers: { origin: 'https://www.example.com' } })).body).toBe('called');
  expect((await api.call('OPTIONS', '/x', preflight('https://www.example.com'))).status).toBe(204);
});

test('a $default route that wants a signature catches preflights too', async () => {
  const api = await deployApi(local, code, { cors, routes: ['$default'], authorization: 'AWS_IAM' });
  const { status, headers } = await api.call('OPTIONS', '/x', preflight('https://www.example.com'));
  expect([status, headers['access-control-allow-origin']]).toEqual([403, 'https://www.example.com']);
});

test('any origin', async () => {
  const api = await deployApi(local, code, { cors: { AllowOrigins: ['*'], AllowMethods: ['*'] } });
  const { headers } = await api.call('OPTIONS', '/notes/1', preflight('https://x.example'));
  expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'access-control-allow-methods': '*' });
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
});

test('credentials for any origin are refused', async () => {
  await expect(make(local, 'AWS::ApiGatewayV2::Api', { Name: 'a', ProtocolType: 'HTTP', CorsConfiguration: { AllowCredentials: true, AllowOrigins: ['*'] } })).rejects.toMatchObject({
    code: 'BadRequestException', message: "allow-credentials is not supported if 'allow-origin' is *",
  });
});
