import { AwsError, unsupported } from '../aws-error';
import { decoded } from '../decoded';
import type { JsonObject } from '../resource';
import type { ApiRequest, LocalAws, LocalRequest, LocalResponse, Service } from '../service';
import { apis, getApi, type ApiRecord } from './apis';
import { describeApi, describeIntegration, describeRoute, describeStage } from './describe';
import { handleApiCall } from './handle-call';

/** The service, and the APIs that are deployed with it. */
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
  const { method, region, url: { pathname, searchParams } } = request;
  const [whole, id, part, key] = /^\/v2\/apis(?:\/([^/]+)(?:\/(routes|integrations|stages)(?:\/([^/]+))?)?)?$/.exec(pathname) ?? [];
  if (method !== 'GET' || whole === undefined) throw unsupported(`API Gateway's ${method} ${pathname}`);
  const [parameter] = searchParams.keys();
  if (parameter !== undefined) throw unsupported(`${parameter} of API Gateway's GET ${pathname}`);
  request.authorize('apigateway:GET', `arn:aws:apigateway:${region}::${pathname.slice(3)}`);
  if (id === undefined) return items([...apis(local).values()].filter((api) => api.region === region).map((api) => describeApi(local, api)));
  const api = getApi(local, region, id);
  if (part === undefined) return json(describeApi(local, api));
  const parts = partsOf(local, api, part);
  if (key === undefined) return items([...parts.values()]);
  const [name, invalid] = [decoded(key), `Invalid ${nouns[part] ?? part} identifier specified`];
  if (name === null) throw new AwsError('BadRequestException', invalid);
  const found = parts.get(name);
  if (found === undefined) throw new AwsError('NotFoundException', invalid, 404);
  return json(found);
}

/** The parts of an API, and what their messages call them. */
export const nouns: Readonly<Record<string, string>> = { routes: 'Route', integrations: 'Integration', stages: 'Stage' };

function partsOf(local: LocalAws, api: ApiRecord, part: string): ReadonlyMap<string, JsonObject> {
  const described: readonly (readonly [string, JsonObject])[] =
    part === 'routes' ? Object.entries(api.routes).map(([id, route]) => [id, describeRoute(id, route)])
    : part === 'integrations' ? Object.entries(api.integrations).map(([id, integration]) => [id, describeIntegration(id, integration)])
    : Object.entries(api.stages).map(([name, stage]) => [name, describeStage(local, api, name, stage)]);
  return new Map(described);
}

function items(list: readonly JsonObject[]): LocalResponse {
  return json({ items: [...list] });
}

function json(body: JsonObject): LocalResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
