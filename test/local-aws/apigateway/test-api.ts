import { apiGatewayResourceTypes } from '../../../scripts/local-aws/apigateway/resource-types';
import { apiGateway } from '../../../scripts/local-aws/apigateway/service';
import { lambdaResourceTypes } from '../../../scripts/local-aws/lambda/resource-types';
import type { JsonObject, ResourceContext, ResourceState } from '../../../scripts/local-aws/resource';
import type { ApiRequest, LocalAws, LocalResponse } from '../../../scripts/local-aws/service';
import { addFunction } from '../lambda/folder-aws';

export const echo = 'exports.handler = async (event) => event;';

export interface ApiInit {
  readonly routes?: readonly string[];
  readonly authorization?: string;
  /** Of the source that may call the function. */
  readonly permission?: string;
  readonly timeout?: number;
  readonly stage?: string;
  readonly cors?: JsonObject;
  readonly accessLog?: JsonObject;
}

export interface TestApi {
  readonly id: string;
  call(method: string, target: string, changes?: Partial<ApiRequest>): Promise<LocalResponse>;
}

/** Makes one resource, without a stack. */
export function make(local: LocalAws, type: string, properties: JsonObject): Promise<ResourceState> {
  const context: ResourceContext = { local, region: 'us-west-2', stackName: 'Stack', stackId: 'x', logicalId: 'Api' };
  const found = [...apiGatewayResourceTypes, ...lambdaResourceTypes].find(({ name }) => name === type);
  if (found === undefined) throw new Error(type);
  return found.create(context, properties);
}

/** An API before a function of this code. */
export async function deployApi(local: LocalAws, code: string, init: ApiInit = {}): Promise<TestApi> {
  const { routes = ['GET /notes/{id}'], authorization = 'NONE', permission = '*/*', timeout = 30_000, stage = '$default', cors, accessLog } = init;
  const { arn } = await addFunction(local, 'f', { 'index.js': code });
  const { physicalId: ApiId } = await make(local, 'AWS::ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP', ...(cors === undefined ? {} : { CorsConfiguration: cors }) });
  const { physicalId: integration } = await make(local, 'AWS::ApiGatewayV2::Integration', { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: arn, PayloadFormatVersion: '2.0', TimeoutInMillis: timeout });
  for (const RouteKey of routes) await make(local, 'AWS::ApiGatewayV2::Route', { ApiId, RouteKey, AuthorizationType: authorization, Target: `integrations/${integration}` });
  const DefaultRouteSettings = { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 1 };
  await make(local, 'AWS::ApiGatewayV2::Stage', { ApiId, StageName: stage, AutoDeploy: true, DefaultRouteSettings, ...(accessLog === undefined ? {} : { AccessLogSettings: accessLog }) });
  const SourceArn = `arn:aws:execute-api:us-west-2:${local.account}:${ApiId}/${permission}`;
  await make(local, 'AWS::Lambda::Permission', { FunctionName: arn, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceArn });
  return {
    id: ApiId,
    call(method, target, changes = {}) {
      const whole = `/_api/${ApiId}${target}`;
      const url = new URL(whole, 'http://127.0.0.1');
      const request: ApiRequest = { method, url, target: whole, headers: {}, body: Buffer.alloc(0), region: 'us-west-2', caller: null, authorize: null, sourceIp: '127.0.0.1', ...changes };
      return apiGateway(local).handleApiCall(ApiId, target.split('?', 1)[0] ?? '', request);
    },
  };
}
