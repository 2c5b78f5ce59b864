import { AwsError, unsupported } from '../aws-error';
import { objectProperty, requiredText, tagMapProperty, textProperty, textsProperty } from '../properties';
import type { JsonObject, ResourceState, ResourceType } from '../resource';
import { members } from '../shape';
import { apis, endpointOf, getApi, newId, now, type ApiRecord, type Cors } from './apis';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const apiType: ResourceType = {
  name: 'AWS::ApiGatewayV2::Api',
  properties: { CorsConfiguration: 'update', Description: 'update', DisableExecuteApiEndpoint: 'update', Name: 'update', ProtocolType: 'replace', Tags: 'update' },
  shapes: { CorsConfiguration: members('obeyed', 'AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge') },
  tagging: { form: 'map', system: true },
  async create({ local, region }, properties) {
    if (requiredText(properties, 'ProtocolType') !== 'HTTP') throw unsupported('WebSocket APIs');
    const api: ApiRecord = { id: newId(10), region, created: now(), ...settings(properties), routes: {}, integrations: {}, stages: {} };
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

function settings(properties: JsonObject): Pick<ApiRecord, 'name' | 'description' | 'cors' | 'disabled' | 'tags'> {
  return {
    name: requiredText(properties, 'Name'),
    description: textProperty(properties, 'Description') ?? '',
    cors: corsOf(properties),
    disabled: textProperty(properties, 'DisableExecuteApiEndpoint') === 'true',
    tags: tagMapProperty(properties),
  };
}

function corsOf(properties: JsonObject): Cors | null {
  if (properties['CorsConfiguration'] === undefined) return null;
  const value = objectProperty(properties, 'CorsConfiguration');
  const allowCredentials = textProperty(value, 'AllowCredentials') === 'true';
  if (allowCredentials && textsProperty(value, 'AllowOrigins').includes('*')) throw new AwsError('BadRequestException', "allow-credentials is not supported if 'allow-origin' is *");
  return {
    allowCredentials,
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
