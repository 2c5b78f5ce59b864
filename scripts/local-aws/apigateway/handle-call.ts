import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import { decoded } from '../decoded';
import { findFunction } from '../lambda/functions';
import { serviceMayInvoke } from '../lambda/permission';
import { newRoot } from '../lambda/trace';
import type { ApiRequest, LocalAws, LocalResponse } from '../service';
import { logAccess } from './access-log';
import { apis, type ApiRecord } from './apis';
import { answered, callIntegration, failedWith, message, type Answered } from './call-integration';
import { preflight, withCors } from './cors';
import type { PayloadInit } from './payload';
import { matchRoute, type RouteMatch } from './routing';

/** Bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const largestBody = 10 * 1024 * 1024;

/**
 * Answers a call of a deployed API.
 *
 * @param path percent-encoded, without `/_api/ID` and without the query
 */
export async function handleApiCall(local: LocalAws, apiId: string, path: string, request: ApiRequest): Promise<LocalResponse> {
  const api = apis(local).get(apiId);
  const stage = api === undefined ? null : stageOf(api, path);
  if (api === undefined || api.disabled || stage === null) return message(404, 'Not Found');
  const [time, requestId] = [new Date(), randomUUID()];
  const decoded = decode(path === '' ? '/' : path);
  const match = decoded === null ? null : matchRoute(Object.values(api.routes), request.method, withoutStage(decoded, stage));
  const preflighted = preflight(api.cors, request);
  const trace = request.headers['x-amzn-trace-id'] ?? `Root=${newRoot(time)}`;
  const init = match === null || decoded === null ? null : { account: local.account, api, stage, match, path: decoded, request, requestId, time, trace };
  const { response, integrationError, integrationLatency } = init === null ? answered(preflighted ?? message(404, 'Not Found')) : await answer(local, init, preflighted);
  const { headers, ...rest } = response === preflighted ? response : withCors(api.cors, request, response);
  const whole = { ...rest, headers: { ...headers, 'apigw-requestid': requestId } };
  logAccess(local, { api, stage, request, requestId, time, path: decoded ?? path, routeKey: match?.route.routeKey ?? null, response: whole, integrationError, integrationLatency });
  return whole;
}

async function answer(local: LocalAws, init: PayloadInit, preflighted: LocalResponse | null): Promise<Answered> {
  const { api, stage, match, path, request } = init;
  if (request.body.length > largestBody) return answered(message(413, 'Request Entity Too Large'));
  const source = `arn:aws:execute-api:${api.region}:${local.account}:${api.id}/${stage}`;
  if (match.route.authorization === 'AWS_IAM' && !allowed(request, `${source}/${request.method}${withoutStage(path, stage)}`)) return answered(message(403, 'Forbidden'));
  // A route that catches OPTIONS as well wants its own authorization first.
  if (preflighted !== null) return answered(preflighted);
  const integration = api.integrations[match.route.target];
  if (integration === undefined) return failedWith('The route has no integration.');
  const record = findFunction(local, integration.functionArn.split(':')[3] ?? '', integration.functionArn);
  if (record === null || !serviceMayInvoke(local, record, 'apigateway.amazonaws.com', sourceOf(source, match, request.method))) {
    return failedWith('The IAM role configured on the integration or API Gateway doesn\'t have permissions to call the integration. Check the permissions and try again.');
  }
  return callIntegration(local, init, integration);
}

function allowed({ caller, authorize }: ApiRequest, resource: string): boolean {
  if (caller === null || authorize === null) return false;
  try {
    authorize('execute-api:Invoke', resource);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code.startsWith('AccessDenied')) return false;
    throw error;
  }
}

/** What the function's permission compares: the route, not the path that was called. */
function sourceOf(source: string, { route }: RouteMatch, method: string): string {
  if (route.routeKey === '$default') return `${source}/$default`;
  const [routeMethod = '', path = ''] = route.routeKey.split(' ');
  return `${source}/${routeMethod === 'ANY' ? method : routeMethod}${path}`;
}

function stageOf({ stages }: ApiRecord, path: string): string | null {
  const first = path.split('/')[1] ?? '';
  if (first !== '' && first !== '$default' && Object.hasOwn(stages, first)) return first;
  return Object.hasOwn(stages, '$default') ? '$default' : null;
}

function withoutStage(path: string, stage: string): string {
  if (stage === '$default') return path;
  return path.slice(stage.length + 1) || '/';
}

/** API Gateway decodes the path, and of what it gets takes what stands before a question mark. */
function decode(path: string): string | null {
  return decoded(path)?.split('?', 1)[0] ?? null;
}
