import {
  ApiGatewayV2Client, CreateApiCommand, GetApiCommand, GetApisCommand, GetIntegrationCommand, GetIntegrationsCommand, GetRouteCommand, GetRoutesCommand, GetStageCommand, GetStagesCommand,
  NotFoundException,
} from '@aws-sdk/client-apigatewayv2';
import { nouns } from '../../../scripts/local-aws/apigateway/service';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const gateway = proof.watch(new ApiGatewayV2Client(proof.init));

const text = expect.any(String) as string;
/** By CloudFormation as well: see stack-tags.test.ts. */
const tagged = (own: Record<string, string>) => expect.objectContaining({ ...own, 'aws:cloudformation:stack-name': 'app' }) as Record<string, string>;
const functionArn = 'arn:aws:lambda:us-west-2:000000000000:function:my-function';
const Ref = { ApiId: { Ref: 'Api' } };
const cors = { AllowOrigins: ['https://www.example.com'], AllowMethods: ['GET'], AllowHeaders: ['x-apigateway-header'], ExposeHeaders: ['date'], MaxAge: 300, AllowCredentials: true };
const resources = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'http-api', ProtocolType: 'HTTP', CorsConfiguration: cors, Tags: { team: 'a' } } },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ...Ref, IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0', TimeoutInMillis: 3000 } },
  Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ...Ref, RouteKey: 'GET /pets/{id}', AuthorizationType: 'AWS_IAM', Target: { 'Fn::Sub': 'integrations/${Integration}' } } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ...Ref, StageName: '$default', AutoDeploy: true, StageVariables: { a: 'b' }, Description: 'what is served', Tags: { team: 'b' }, DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 5 }, RouteSettings: { 'GET /pets/{id}': { ThrottlingBurstLimit: 2 } } } },
};

// The responses of https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html and of its routes, integrations and stages
test('an API, and each of its parts, alone and in its list', async () => {
  expect(await proof.deploy(resources)).toBe('CREATE_COMPLETE');
  const { Items: [api] = [] } = await gateway.send(new GetApisCommand({}));
  expect(api).toEqual({
    ApiId: text, ApiEndpoint: `${proof.aws.origin}/_api/${api?.ApiId}`, Name: 'http-api', CreatedDate: date, ProtocolType: 'HTTP', DisableExecuteApiEndpoint: false, CorsConfiguration: cors,
    RouteSelectionExpression: '$request.method $request.path', ApiKeySelectionExpression: '$request.header.x-api-key', IpAddressType: 'ipv4', Tags: tagged({ team: 'a' }),
  });
  const { ApiId } = api ?? {};
  expect(await gateway.send(new GetApiCommand({ ApiId }))).toMatchObject(api ?? {});
  const { Items: [integration] = [] } = await gateway.send(new GetIntegrationsCommand({ ApiId }));
  expect(integration).toEqual({
    IntegrationId: text, IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0', TimeoutInMillis: 3000, ConnectionType: 'INTERNET', IntegrationMethod: 'POST',
  });
  expect(await gateway.send(new GetIntegrationCommand({ ApiId, IntegrationId: integration?.IntegrationId }))).toMatchObject(integration ?? {});
  const { Items: [route] = [] } = await gateway.send(new GetRoutesCommand({ ApiId }));
  expect(route).toEqual({ RouteId: text, RouteKey: 'GET /pets/{id}', AuthorizationType: 'AWS_IAM', ApiKeyRequired: false, Target: `integrations/${integration?.IntegrationId}` });
  expect(await gateway.send(new GetRouteCommand({ ApiId, RouteId: route?.RouteId }))).toMatchObject(route ?? {});
  const { Items: [stage] = [] } = await gateway.send(new GetStagesCommand({ ApiId }));
  expect(stage).toEqual({
    StageName: '$default', AutoDeploy: true, StageVariables: { a: 'b' }, CreatedDate: date, LastUpdatedDate: date, DefaultRouteSettings: { DetailedMetricsEnabled: true, ThrottlingBurstLimit: 5 },
    RouteSettings: { 'GET /pets/{id}': { ThrottlingBurstLimit: 2 } }, Tags: tagged({ team: 'b' }), Description: 'what is served',
  });
  expect(await gateway.send(new GetStageCommand({ ApiId, StageName: '$default' }))).toMatchObject(stage ?? {});
  const names = ['Api', ...Object.values(nouns)].flatMap((noun) => [`Get${noun}`, `Get${noun}s`]);
  expect([...proof.answered].toSorted()).toEqual(names.toSorted());
  await expect(gateway.send(new GetApiCommand({ ApiId: 'none' }))).rejects.toBeInstanceOf(NotFoundException);
  for (const call of [new GetRouteCommand({ ApiId, RouteId: 'none' }), new GetRouteCommand({ ApiId: 'none', RouteId: 'none' })]) expect(await refusal(gateway.send(call))).toEqual(['NotFoundException', 404]);
  expect(await refusal(gateway.send(new GetStageCommand({ ApiId, StageName: 'none' })))).toEqual(['NotFoundException', 404]);
  expect(await refusal(gateway.send(new GetIntegrationCommand({ ApiId, IntegrationId: 'none' })))).toEqual(['NotFoundException', 404]);
  expect(await refusal(gateway.send(new CreateApiCommand({ Name: 'a', ProtocolType: 'HTTP' })))).toEqual(['UnsupportedOperation', 501]);
});
