import type { Json, JsonObject } from '../resource';
import type { ApiRequest, LocalResponse } from '../service';
import type { ApiRecord } from './apis';
import type { Match } from './routing';

export interface PayloadInit {
  readonly account: string;
  readonly api: ApiRecord;
  readonly stage: string;
  readonly match: Match;
  /** Decoded, a named stage included. */
  readonly path: string;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly time: Date;
}

/**
 * The event of payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function payloadOf(init: PayloadInit): JsonObject {
  const { api, stage, match, path, request, time, account } = init;
  const { cookie, ...headers } = request.headers;
  const binary = request.body.length > 0 && !isText(headers['content-type']);
  const query = queryOf(request.url);
  const variables = api.stages[stage]?.variables ?? {};
  const domainPrefix = api.id;
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: path,
    rawQueryString: request.url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split(';').map((each) => each.trim()) }),
    headers,
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(match.route.authorization === 'AWS_IAM' && request.caller !== null ? { authorizer: { iam: iamOf(request.caller) } } : {}),
      domainName: `${domainPrefix}.execute-api.${api.region}.amazonaws.com`,
      domainPrefix,
      http: { method: request.method, path, protocol: 'HTTP/1.1', sourceIp: request.sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: init.requestId,
      routeKey: match.route.routeKey,
      stage,
      time: commonLogTime(time),
      timeEpoch: time.getTime(),
    },
    ...(Object.keys(match.parameters).length === 0 ? {} : { pathParameters: { ...match.parameters } }),
    ...(Object.keys(variables).length === 0 ? {} : { stageVariables: variables }),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(binary ? 'base64' : 'utf8') }),
    isBase64Encoded: binary,
  };
}

function iamOf({ accessKeyId, account, arn, userId }: NonNullable<ApiRequest['caller']>): JsonObject {
  return { accessKey: accessKeyId, accountId: account, callerId: userId, cognitoIdentity: null, principalOrgId: null, userArn: arn, userId };
}

/** API Gateway hands on what is text as text, and all else in base64. */
function isText(contentType = ''): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/javascript', 'application/xml'].includes(type);
}

function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  return query;
}

/** `12/Mar/2020:19:03:58 +0000` */
export function commonLogTime(time: Date): string {
  const [, day = '', month = '', year = '', clock = ''] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(time.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}

/**
 * What a function's answer means. Without a statusCode it is the body of a 200.
 *
 * @returns null where it means nothing that can be sent
 */
export function responseOf(payload: Buffer): LocalResponse | null {
  const text = payload.toString();
  const answer = JSON.parse(text) as Json;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer) || answer['statusCode'] === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: typeof answer === 'string' ? answer : text };
  }
  const status = Number(answer['statusCode']);
  const { body = '', isBase64Encoded, cookies } = answer;
  if (!Number.isInteger(status) || status < 100 || status > 599) return null;
  if (typeof body === 'object' && body !== null) return null;
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries((answer['headers'] ?? {}) as JsonObject)) {
    if (typeof value === 'object') return null;
    headers[name.toLowerCase()] = String(value);
  }
  if (Array.isArray(cookies)) headers['set-cookie'] = cookies.map(String);
  headers['content-type'] ??= 'text/plain;charset=UTF-8';
  const plain = body === null ? '' : String(body);
  return { status, headers, body: isBase64Encoded === true ? Buffer.from(plain, 'base64') : plain };
}
