import { unsupported } from '../aws-error';
import type { JsonObject } from '../resource';
import type { ApiRequest, LocalAws, LocalRequest, LocalResponse, Service } from '../service';
import { apis, endpointOf, getApi, type ApiRecord } from './apis';
import { handleApiCall } from './handle-call';

export interface ApiGateway {
  readonly service: Service;
  /** @param path percent-encoded, without `/_api/ID` and without the query */
  handleApiCall(apiId: string, path: string, request: ApiRequest): Promise<LocalResponse>;
}

/** API Gateway's HTTP APIs: a reading control plane, since CloudFormation makes them, and the APIs themselves. */
export function apiGateway(local: LocalAws): ApiGateway {
  return {
    service: { signingName: 'apigateway', protocol: 'rest-json', handle: async (request) => answer(local, request) },
    handleApiCall: (apiId, path, request) => handleApiCall(local, apiId, path, request),
  };
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html */
function answer(local: LocalAws, request: LocalRequest): LocalResponse {
  const { method, region, url: { pathname } } = request;
  const [, id, part, key] = /^\/v2\/apis(?:\/([^/]+)(?:\/(routes|integrations|stages)(?:\/([^/]+))?)?)?$/.exec(pathname) ?? [];
  if (method !== 'GET' || !pathname.startsWith('/v2/apis') || key !== undefined) throw unsupported(`API Gateway's ${method} ${pathname}`);
  request.authorize('apigateway:GET', `arn:aws:apigateway:${region}::${pathname.slice(3)}`);
  if (id === undefined) return items([...apis(local).values()].filter((api) => api.region === region).map((api) => describe(local, api)));
  const api = getApi(local, region, id);
  switch (part ?? '') {
    case 'routes':
      return items(Object.entries(api.routes).map(([RouteId, route]) => ({ routeId: RouteId, routeKey: route.routeKey, authorizationType: route.authorization, apiKeyRequired: false, target: `integrations/${route.target}` })));
    case 'integrations':
      return items(Object.entries(api.integrations).map(([integrationId, each]) => ({ integrationId, integrationType: 'AWS_PROXY', integrationUri: each.functionArn, payloadFormatVersion: '2.0', timeoutInMillis: each.timeout, connectionType: 'INTERNET', integrationMethod: 'POST' })));
    case 'stages':
      return items(Object.entries(api.stages).map(([stageName, each]) => ({ stageName, autoDeploy: true, stageVariables: each.variables })));
    default:
      return json(describe(local, api));
  }
}

function describe(local: LocalAws, { id, name, description, tags, disabled }: ApiRecord): JsonObject {
  return { apiId: id, apiEndpoint: endpointOf(local, id), name, description, protocolType: 'HTTP', routeSelectionExpression: '$request.method $request.path', apiKeySelectionExpression: '$request.header.x-api-key', disableExecuteApiEndpoint: disabled, tags };
}

function items(list: JsonObject[]): LocalResponse {
  return json({ items: list });
}

function json(body: JsonObject): LocalResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
