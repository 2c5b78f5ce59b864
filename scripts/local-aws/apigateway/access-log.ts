import { writeLog } from '../logs/write-log';
import type { ApiRequest, LocalAws, LocalResponse } from '../service';
import type { ApiRecord } from './apis';
import { commonLogTime } from './payload';

export interface Access {
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
}

/** Writes a line in the stage's format, where it has one. */
export function logAccess(local: LocalAws, access: Access): void {
  const log = access.api.stages[access.stage]?.accessLog ?? null;
  if (log === null) return;
  const values = valuesOf(local, access);
  const line = log.format.replaceAll(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) => values[name] ?? '-');
  writeLog(local, access.api.region, log.group, `${access.api.id}-${access.stage.replace('$', '')}`, [line]);
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
function valuesOf(local: LocalAws, { api, stage, request, requestId, time, path, routeKey, response, integrationError }: Access): Readonly<Record<string, string | undefined>> {
  const { caller } = request;
  return {
    accountId: local.account,
    apiId: api.id,
    'error.message': errorMessage(response),
    httpMethod: request.method,
    'identity.accountId': caller?.account,
    'identity.caller': caller?.userId,
    'identity.sourceIp': request.sourceIp,
    'identity.user': caller?.userId,
    'identity.userAgent': request.headers['user-agent'],
    'identity.userArn': caller?.arn,
    'integration.error': integrationError ?? undefined,
    integrationErrorMessage: integrationError ?? undefined,
    path,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: commonLogTime(time),
    requestTimeEpoch: String(Math.floor(time.getTime() / 1000)),
    responseLength: String(Buffer.byteLength(response.body)),
    routeKey: routeKey ?? undefined,
    stage,
    status: String(response.status),
  };
}

/** Of an answer of API Gateway's own. */
function errorMessage({ status, body }: LocalResponse): string | undefined {
  return status >= 400 && typeof body === 'string' ? /^\{"message":"([A-Za-z ]+)"\}$/.exec(body)?.[1] : undefined;
}
