import { writeLog } from '../logs/write-log';
import type { ApiRequest, LocalAws, LocalResponse } from '../service';
import { domainOf, type ApiRecord } from './apis';
import { commonLogTime } from './payload';

/** One call of an API, as its access log tells of it. */
export interface LoggedCall {
  readonly api: ApiRecord;
  readonly stage: string;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly time: Date;
  readonly path: string;
  /** Null where no route matched. */
  readonly routeKey: string | null;
  readonly response: LocalResponse;
  readonly integrationError: string | null;
  /** Milliseconds; null where the function was not called. */
  readonly integrationLatency: number | null;
}

/** Writes a line in the stage's format, where it has one. */
export function logAccess(local: LocalAws, access: LoggedCall): void {
  const log = access.api.stages[access.stage]?.accessLog ?? null;
  if (log === null) return;
  const values = valuesOf(local, access);
  const line = log.format.replaceAll(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) => values[name] ?? '-');
  writeLog(local, access.api.region, log.group, `${access.api.id}-${access.stage.replace('$', '')}`, [line]);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
function valuesOf(local: LocalAws, access: LoggedCall): Readonly<Record<string, string | undefined>> {
  const { api, stage, request, requestId, time, path, routeKey, response } = access;
  const { caller } = request;
  const message = errorMessage(response);
  return {
    accountId: local.account,
    apiId: api.id,
    domainName: domainOf(api),
    domainPrefix: api.id,
    'error.message': message,
    'error.messageString': message === undefined ? undefined : JSON.stringify(message),
    extendedRequestId: requestId,
    httpMethod: request.method,
    'identity.accountId': caller?.account,
    'identity.caller': caller?.userId,
    'identity.sourceIp': request.sourceIp,
    'identity.user': caller?.userId,
    'identity.userAgent': request.headers['user-agent'],
    'identity.userArn': caller?.arn,
    path,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: commonLogTime(time),
    requestTimeEpoch: String(Math.floor(time.getTime() / 1000)),
    responseLatency: String(Date.now() - time.getTime()),
    responseLength: String(Buffer.byteLength(response.body)),
    routeKey: routeKey ?? undefined,
    stage,
    status: String(response.status),
    ...integrationValues(access),
  };
}

function integrationValues({ integrationError, integrationLatency, response }: LoggedCall): Readonly<Record<string, string | undefined>> {
  const latency = integrationLatency === null ? undefined : String(integrationLatency);
  // Lambda itself has answered 200, even for a function that failed.
  const called = integrationLatency === null ? undefined : '200';
  return {
    'integration.error': integrationError ?? undefined,
    'integration.integrationStatus': called,
    'integration.latency': latency,
    'integration.status': called === undefined || integrationError !== null ? undefined : String(response.status),
    integrationErrorMessage: integrationError ?? undefined,
    integrationLatency: latency,
    integrationStatus: called,
  };
}

/** Of an answer of API Gateway's own. */
function errorMessage({ status, body }: LocalResponse): string | undefined {
  return status >= 400 && typeof body === 'string' ? /^\{"message":"([A-Za-z ]+)"\}$/.exec(body)?.[1] : undefined;
}
