import {
  ApiGatewayV2Client, GetApiCommand, GetApisCommand, GetIntegrationCommand, GetIntegrationsCommand, GetRouteCommand, GetRoutesCommand, GetStageCommand, GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { date, openProof } from '../proof';

const proof = openProof();
const gateway = proof.watch(new ApiGatewayV2Client(proof.init));
let ApiId: string | undefined;
beforeAll(async () => {
  await proof.deploy(resources);
  ({ ApiId } = (await gateway.send(new GetApisCommand({}))).Items?.[0] ?? {});
});

const cli = (command: string) => `https://docs.aws.amazon.com/cli/latest/reference/apigatewayv2/${command}.html#examples`;
const identifier = expect.stringMatching(/^[a-z\d]{7,10}$/) as string;
const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:my-function';
const Ref = { ApiId: { Ref: 'Api' } };
const resources = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'my-api', ProtocolType: 'HTTP', Tags: { department: 'finance' } } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ...Ref, IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0' } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ...Ref, RouteKey: 'ANY /pets', Target: { 'Fn::Sub': 'integrations/${Integration}' } } },
  Default: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...Ref, StageName: '$default', AutoDeploy: true } },
  Dev: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...Ref, StageName: 'dev', AutoDeploy: true, StageVariables: { function: 'my-dev-function' } } },
};
const api = () => ({
  ApiEndpoint: expect.stringMatching(/^http:\/\//) as string, ApiId: identifier, ApiKeySelectionExpression: '$request.header.x-api-key', CreatedDate: date, Name: 'my-api', ProtocolType: 'HTTP',
  RouteSelectionExpression: '$request.method $request.path', Tags: { department: 'finance' },
});
const integration = {
  ConnectionType: 'INTERNET', IntegrationId: identifier, IntegrationMethod: 'POST', IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0', TimeoutInMillis: 30_000,
};
const route = { ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId: identifier, RouteKey: 'ANY /pets', Target: expect.stringMatching(/^integrations\/[a-z\d]{7}$/) as string };
const stage = (StageName: string, StageVariables: object) => ({
  AutoDeploy: true, CreatedDate: date, DefaultRouteSettings: { DetailedMetricsEnabled: false }, LastUpdatedDate: date, RouteSettings: {}, StageName, StageVariables,
});
const dev = stage('dev', { function: 'my-dev-function' });
const idOf = async (part: 'Integration' | 'Route') => (part === 'Route' ? (await gateway.send(new GetRoutesCommand({ ApiId }))).Items?.[0]?.RouteId : (await gateway.send(new GetIntegrationsCommand({ ApiId }))).Items?.[0]?.IntegrationId);

/*
 * The API reference has no examples, the reference of the CLI has. Left out: the WebSocket API, the integration with a URL and the stage that does not deploy itself, which are refused; what "quick create"
 * manages; the tags that CloudFormation adds; and the deployments, which are not modelled: as in the documented stage `dev`, there is no DeploymentId.
 */
test.each<[string, () => Promise<unknown>, object]>([
  [cli('get-apis'), () => gateway.send(new GetApisCommand({})), { Items: [api()] }],
  [cli('get-api'), () => gateway.send(new GetApiCommand({ ApiId })), api()],
  [cli('get-integrations'), () => gateway.send(new GetIntegrationsCommand({ ApiId })), { Items: [integration] }],
  [cli('get-integration'), async () => gateway.send(new GetIntegrationCommand({ ApiId, IntegrationId: await idOf('Integration') })), integration],
  [cli('get-routes'), () => gateway.send(new GetRoutesCommand({ ApiId })), { Items: [route] }],
  [cli('get-route'), async () => gateway.send(new GetRouteCommand({ ApiId, RouteId: await idOf('Route') })), route],
  [cli('get-stages'), () => gateway.send(new GetStagesCommand({ ApiId })), { Items: expect.arrayContaining([expect.objectContaining(stage('$default', {})), expect.objectContaining(dev)]) as object[] }],
  [cli('get-stage'), () => gateway.send(new GetStageCommand({ ApiId, StageName: 'dev' })), dev],
])('%s', async (_, send, answer) => {
  expect(await send()).toMatchObject(answer);
});
