import { AwsError, unsupported } from '../aws-error';
import { requiredText, textProperty, textsProperty } from '../iam/properties';
import type { Json, JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { apis, endpointOf, getApi, newId, type ApiRecord, type Cors, type IntegrationRecord, type RouteRecord, type StageRecord } from './apis';
import { parseRouteKey } from './routing';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
const apiType: ResourceType = {
  name: 'AWS::ApiGatewayV2::Api',
  properties: { CorsConfiguration: 'update', Description: 'update', DisableExecuteApiEndpoint: 'update', Name: 'update', ProtocolType: 'replace', Tags: 'update' },
  async create({ local, region }, properties) {
    if (requiredText(properties, 'ProtocolType') !== 'HTTP') throw unsupported('WebSocket APIs');
    const api: ApiRecord = { id: newId(10), region, ...settings(properties), routes: {}, integrations: {}, stages: {} };
    apis(local).set(api.id, api);
    return apiState(endpointOf(local, api.id), api.id);
  },
  async update({ local, region }, { physicalId }, _before, after) {
    Object.assign(getApi(local, region, physicalId), settings(after));
    return apiState(endpointOf(local, physicalId), physicalId);
  },
  async delete({ local }, { physicalId }) {
    apis(local).delete(physicalId);
  },
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-integration.html */
const integrationType = partOfApi<IntegrationRecord>({
  name: 'AWS::ApiGatewayV2::Integration',
  properties: { ApiId: 'replace', Description: 'recorded', IntegrationMethod: 'recorded', IntegrationType: 'update', IntegrationUri: 'update', PayloadFormatVersion: 'update', TimeoutInMillis: 'update' },
  part: ({ integrations }) => integrations,
  id: () => newId(7),
  state: (id) => ({ physicalId: id, attributes: { IntegrationId: id } }),
  read(properties) {
    if (requiredText(properties, 'IntegrationType') !== 'AWS_PROXY') throw unsupported(`integrations of the type ${requiredText(properties, 'IntegrationType')}`);
    if (textProperty(properties, 'PayloadFormatVersion') !== '2.0') throw unsupported('payload formats other than 2.0');
    const uri = requiredText(properties, 'IntegrationUri');
    const functionArn = /(?:functions\/)?(arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[A-Za-z0-9_-]+)(?:\/invocations)?$/.exec(uri)?.[1];
    if (functionArn === undefined) throw unsupported('integrations with anything but a Lambda function without a version');
    const timeout = Number(properties['TimeoutInMillis'] ?? 30_000);
    if (timeout < 50 || timeout > 30_000) throw new AwsError('BadRequestException', 'Timeout should be between 50 ms and 30000 ms');
    return { functionArn, timeout };
  },
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-route.html */
const routeType = partOfApi<RouteRecord>({
  name: 'AWS::ApiGatewayV2::Route',
  properties: { ApiId: 'replace', AuthorizationType: 'update', OperationName: 'recorded', RouteKey: 'update', Target: 'update' },
  part: ({ routes }) => routes,
  id: () => newId(7),
  state: (id) => ({ physicalId: id, attributes: { RouteId: id } }),
  read(properties, api, id) {
    const routeKey = requiredText(properties, 'RouteKey');
    parseRouteKey(routeKey);
    if (Object.entries(api.routes).some(([other, route]) => other !== id && route.routeKey === routeKey)) {
      throw new AwsError('ConflictException', `Route with key ${routeKey} already exists for this API`, 409);
    }
    const authorization = textProperty(properties, 'AuthorizationType') ?? 'NONE';
    if (authorization !== 'NONE' && authorization !== 'AWS_IAM') throw unsupported(`${authorization} authorizers of HTTP APIs`);
    return { routeKey, authorization, target: requiredText(properties, 'Target').replace(/^integrations\//, '') };
  },
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html */
const stageType = partOfApi<StageRecord>({
  name: 'AWS::ApiGatewayV2::Stage',
  properties: {
    AccessLogSettings: 'update', ApiId: 'replace', AutoDeploy: 'update', DefaultRouteSettings: 'recorded', Description: 'recorded', RouteSettings: 'recorded',
    StageName: 'replace', StageVariables: 'update', Tags: 'recorded',
  },
  part: ({ stages }) => stages,
  id: (properties) => requiredText(properties, 'StageName'),
  state: (id) => ({ physicalId: id, attributes: {} }),
  read(properties) {
    if (textProperty(properties, 'AutoDeploy') !== 'true') throw unsupported('stages without AutoDeploy');
    const logs = properties['AccessLogSettings'] as JsonObject | undefined;
    return {
      variables: (properties['StageVariables'] ?? {}) as Record<string, string>,
      accessLog: logs === undefined ? null : { group: requiredText(logs, 'DestinationArn').split(':log-group:')[1]?.replace(/:\*$/, '') ?? '', format: requiredText(logs, 'Format') },
    };
  },
});

export const apiGatewayResourceTypes: readonly ResourceType[] = [apiType, routeType, integrationType, stageType];

interface Part<Record> extends Pick<ResourceType, 'name' | 'properties'> {
  readonly part: (api: ApiRecord) => { [id: string]: Record };
  readonly id: (properties: JsonObject) => string;
  readonly state: (id: string) => ResourceState;
  /** @throws AwsError for what the service refuses, or the local AWS does not model */
  readonly read: (properties: JsonObject, api: ApiRecord, id: string) => Record;
}

/** A resource type whose resources live in an API. */
function partOfApi<Record>({ name, properties: rules, part, id, state, read }: Part<Record>): ResourceType {
  return {
    name,
    properties: rules,
    async create(context, properties) {
      const api = apiOf(context, properties);
      const key = id(properties);
      if (key in part(api)) throw new AwsError('ConflictException', `${key} already exists`, 409);
      part(api)[key] = read(properties, api, key);
      return state(key);
    },
    async update(context, { physicalId }, _before, after) {
      const api = apiOf(context, after);
      part(api)[physicalId] = read(after, api, physicalId);
      return state(physicalId);
    },
    async delete({ local }, { physicalId }, properties) {
      const api = apis(local).get(requiredText(properties, 'ApiId'));
      if (api !== undefined) delete part(api)[physicalId];
    },
  };
}

function apiOf({ local, region }: ResourceContext, properties: JsonObject): ApiRecord {
  return getApi(local, region, requiredText(properties, 'ApiId'));
}

function settings(properties: JsonObject): Pick<ApiRecord, 'name' | 'description' | 'cors' | 'disabled' | 'tags'> {
  return {
    name: requiredText(properties, 'Name'),
    description: textProperty(properties, 'Description') ?? '',
    cors: corsOf(properties['CorsConfiguration']),
    disabled: textProperty(properties, 'DisableExecuteApiEndpoint') === 'true',
    tags: (properties['Tags'] ?? {}) as Record<string, string>,
  };
}

function corsOf(value: Json | undefined): Cors | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return {
    allowCredentials: textProperty(value, 'AllowCredentials') === 'true',
    allowHeaders: textsProperty(value, 'AllowHeaders'),
    allowMethods: textsProperty(value, 'AllowMethods'),
    allowOrigins: textsProperty(value, 'AllowOrigins'),
    exposeHeaders: textsProperty(value, 'ExposeHeaders'),
    maxAge: value['MaxAge'] === undefined ? null : Number(value['MaxAge']),
  };
}

function apiState(endpoint: string, id: string): ResourceState {
  return { physicalId: id, attributes: { ApiEndpoint: endpoint, ApiId: id } };
}
