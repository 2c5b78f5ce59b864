import type { JsonObject } from '../resource';
import type { ApiRequest } from '../service';
import { domainOf, type ApiRecord } from './apis';
import type { RouteMatch } from './routing';

/** They end at API Gateway. RFC 9110, 7.6.1 */
const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** A call whose route is found. */
export interface PayloadInit {
  readonly account: string;
  readonly api: ApiRecord;
  readonly stage: string;
  readonly match: RouteMatch;
  /** Decoded, a named stage included. */
  readonly path: string;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly time: Date;
  /** X-Ray's tracing header. */
  readonly trace: string;
}

/**
 * The event of payload format 2.0.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function payloadOf(init: PayloadInit): JsonObject {
  const { api, stage, match, path, request, time, account, trace } = init;
  const { cookie, ...given } = request.headers;
  const sent = Object.entries(given).filter(([name]) => !ofTheConnection.has(name));
  const headers: Record<string, string> = { ...Object.fromEntries(sent), ...addedHeaders(request, trace) };
  const binary = request.body.length > 0 && !isText(headers['content-type']);
  const query = queryOf(request.url);
  const variables = api.stages[stage]?.variables ?? {};
  return {
    version: '2.0',
    routeKey: match.route.routeKey,
    rawPath: path,
    rawQueryString: rawQuery(request),
    ...(cookie === undefined ? {} : { cookies: cookie.split(';').map((each) => each.trim()) }),
    headers,
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: account,
      apiId: api.id,
      ...(match.route.authorization === 'AWS_IAM' && request.caller !== null ? { authorizer: { iam: iamOf(request.caller) } } : {}),
      domainName: domainOf(api),
      domainPrefix: api.id,
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

/**
 * What API Gateway tells of the way that a request took. Here that is the truth of this machine: its port, and no TLS.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html#apigateway-example-event
 */
function addedHeaders({ headers, sourceIp, url, body }: ApiRequest, trace: string): Record<string, string> {
  const forwarded = headers['x-forwarded-for'];
  return {
    'content-length': String(body.length),
    'x-amzn-trace-id': trace,
    'x-forwarded-for': forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`,
    'x-forwarded-port': url.port === '' ? '80' : url.port,
    'x-forwarded-proto': 'http',
  };
}

function iamOf({ accessKeyId, account, arn, userId }: NonNullable<ApiRequest['caller']>): JsonObject {
  return { accessKey: accessKeyId, accountId: account, callerId: userId, cognitoIdentity: null, principalOrgId: null, userArn: arn, userId };
}

/** API Gateway hands on these as text, and all else in base64: forms and bodies without a type too. */
function isText(contentType = ''): boolean {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/javascript', 'application/xml'].includes(type);
}

/** As it was sent: `url` has already written some characters anew. */
function rawQuery({ target, url }: ApiRequest): string {
  const sent = target ?? url.search;
  const at = sent.indexOf('?');
  return at === -1 ? '' : sent.slice(at + 1);
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
