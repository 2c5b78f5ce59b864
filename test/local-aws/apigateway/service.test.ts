import { AwsError } from '../../../scripts/local-aws/aws-error';
import { apis } from '../../../scripts/local-aws/apigateway/apis';
import { apiGateway } from '../../../scripts/local-aws/apigateway/service';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { folderAws, type FolderAws } from '../lambda/folder-aws';
import { deployApi, echo, make } from './test-api';

let local: FolderAws;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

const asked: string[] = [];
async function get(path: string, { method = 'GET', region = 'us-west-2', allowed = true } = {}): Promise<JsonObject> {
  const { status, body } = await apiGateway(local).service.handle({
    method, url: new URL(path, 'http://127.0.0.1'), headers: {}, body: Buffer.alloc(0), region, caller: { account: local.account, arn: 'a', userId: 'u', accessKeyId: 'k' },
    authorize(action, resource) {
      asked.push(`${action} ${resource}`);
      if (!allowed) throw new AwsError('AccessDeniedException', 'no', 403);
    },
  });
  expect(status).toBe(200);
  return JSON.parse(body.toString()) as JsonObject;
}

test('the API and its parts, together and one by one', async () => {
  const DestinationArn = `arn:aws:logs:us-west-2:${local.account}:log-group:/access`;
  const { id } = await deployApi(local, echo, { timeout: 5000, cors: { AllowOrigins: ['*'], MaxAge: 60 }, accessLog: { DestinationArn, Format: '$context.status' } });
  const api = {
    apiId: id, apiEndpoint: `${local.origin()}/_api/${id}`, name: 'api', protocolType: 'HTTP', disableExecuteApiEndpoint: false,
    corsConfiguration: { allowCredentials: false, allowHeaders: [], allowMethods: [], allowOrigins: ['*'], exposeHeaders: [], maxAge: 60 },
  };
  expect(await get('/v2/apis')).toMatchObject({ items: [api] });
  expect(await get(`/v2/apis/${id}`)).toMatchObject(api);
  expect(asked.at(-1)).toBe(`apigateway:GET arn:aws:apigateway:us-west-2::/apis/${id}`);
  const record = apis(local).get(id);
  const [integrationId = ''] = Object.keys(record?.integrations ?? {});
  const [routeId = ''] = Object.keys(record?.routes ?? {});
  const parts: readonly (readonly [string, string, object])[] = [
    ['routes', routeId, { routeId, routeKey: 'GET /notes/{id}', authorizationType: 'NONE', target: `integrations/${integrationId}` }],
    ['integrations', integrationId, { integrationId, integrationType: 'AWS_PROXY', payloadFormatVersion: '2.0', timeoutInMillis: 5000, integrationUri: `arn:aws:lambda:us-west-2:${local.account}:function:f` }],
    ['stages', '%24default', { stageName: '$default', autoDeploy: true, accessLogSettings: { destinationArn: DestinationArn, format: '$context.status' } }],
  ];
  for (const [part, key, described] of parts) {
    expect(await get(`/v2/apis/${id}/${part}`)).toMatchObject({ items: [described] });
    expect(await get(`/v2/apis/${id}/${part}/${key}`)).toMatchObject(described);
    await expect(get(`/v2/apis/${id}/${part}/%ZZ`)).rejects.toMatchObject({ code: 'BadRequestException', status: 400 });
    for (const none of ['none', 'constructor']) await expect(get(`/v2/apis/${id}/${part}/${none}`)).rejects.toMatchObject({ code: 'NotFoundException', status: 404 });
  }
});

test('another region, another method, another path, and who may not', async () => {
  const { id } = await deployApi(local, echo);
  expect(await get('/v2/apis', { region: 'eu-west-1' })).toEqual({ items: [] });
  await expect(get(`/v2/apis/${id}`, { region: 'eu-west-1' })).rejects.toMatchObject({ code: 'NotFoundException', status: 404 });
  await expect(get(`/v2/apis/${id}`, { allowed: false })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(get(`/v2/apis/${id}`, { method: 'DELETE' })).rejects.toMatchObject({ code: 'UnsupportedOperation' });
  for (const path of ['/v2/apis?maxResults=1', `/v2/apis/${id}/models`, '/v2/domainnames', '/restapis']) await expect(get(path)).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});

test.each<[string, string, JsonObject]>([
  ['a WebSocket API', 'AWS::ApiGatewayV2::Api', { Name: 'a', ProtocolType: 'WEBSOCKET' }],
  ['an integration with a URL', 'AWS::ApiGatewayV2::Integration', { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://x.example', PayloadFormatVersion: '1.0' }],
  ['payload format 1.0', 'AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:lambda:us-west-2:123456789012:function:f', PayloadFormatVersion: '1.0' }],
  ['an alias of a function', 'AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', IntegrationUri: 'arn:aws:lambda:us-west-2:123456789012:function:f:live', PayloadFormatVersion: '2.0' }],
  ['a JWT authorizer', 'AWS::ApiGatewayV2::Route', { RouteKey: 'GET /', AuthorizationType: 'JWT', Target: 'integrations/x' }],
  ['a stage that is not deployed by itself', 'AWS::ApiGatewayV2::Stage', { StageName: 'dev' }],
  ['an access log that is no log group', 'AWS::ApiGatewayV2::Stage', { StageName: 'dev', AutoDeploy: true, AccessLogSettings: { DestinationArn: 'arn:aws:firehose:us-west-2:123456789012:deliverystream/amazon-apigateway-x', Format: 'x' } }],
])('%s is refused by name', async (_, type, properties) => {
  const { id } = await deployApi(local, echo);
  await expect(make(local, type, { ApiId: id, ...properties })).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});
