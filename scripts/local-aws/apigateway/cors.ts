import { matchesWildcards } from '../iam/wildcards';
import type { ApiRequest, LocalResponse } from '../service';
import type { Cors } from './apis';

/**
 * API Gateway's own answer to a preflight request; null where the request is none.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflight(cors: Cors | null, { method, headers }: ApiRequest): LocalResponse | null {
  if (cors === null || method !== 'OPTIONS' || headers['origin'] === undefined || headers['access-control-request-method'] === undefined) return null;
  const answer = corsHeaders(cors, headers['origin']);
  if (Object.keys(answer).length > 0) {
    if (cors.allowMethods.length > 0) answer['access-control-allow-methods'] = cors.allowMethods.join(',');
    if (cors.allowHeaders.length > 0) answer['access-control-allow-headers'] = cors.allowHeaders.join(',');
    if (cors.maxAge !== null) answer['access-control-max-age'] = String(cors.maxAge);
  }
  return { status: 204, headers: answer, body: '' };
}

/** With a CORS configuration, what the function says of CORS is ignored. */
export function withCors(cors: Cors | null, { headers }: ApiRequest, response: LocalResponse): LocalResponse {
  if (cors === null) return response;
  const own = Object.entries(response.headers).filter(([name]) => !name.startsWith('access-control-'));
  const added = headers['origin'] === undefined ? {} : corsHeaders(cors, headers['origin']);
  return { ...response, headers: { ...Object.fromEntries(own), ...added } };
}

function corsHeaders(cors: Cors, origin: string): Record<string, string> {
  if (!cors.allowOrigins.some((allowed) => matchesWildcards(allowed, origin))) return {};
  return {
    'access-control-allow-origin': cors.allowOrigins.includes('*') ? '*' : origin,
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.exposeHeaders.length > 0 ? { 'access-control-expose-headers': cors.exposeHeaders.join(',') } : {}),
  };
}
