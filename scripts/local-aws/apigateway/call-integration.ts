import { AwsError } from '../aws-error';
import { invokeFunction, type Invocation } from '../lambda/invoke';
import type { LocalAws, LocalResponse } from '../service';
import type { IntegrationRecord } from './apis';
import { responseOf } from './function-response';
import { payloadOf, type PayloadInit } from './payload';

/** Bytes that Lambda takes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestPayload = 6 * 1024 * 1024;

/** An answer, and what the access log says of the integration. */
export interface Answered {
  readonly response: LocalResponse;
  readonly integrationError: string | null;
  /** Milliseconds; null where the function was not called. */
  readonly integrationLatency: number | null;
}

/** Calls the function, and waits no longer than the integration says: the function then goes on. */
export async function callIntegration(local: LocalAws, init: PayloadInit, { functionArn, timeout }: IntegrationRecord): Promise<Answered> {
  const payload = Buffer.from(JSON.stringify(payloadOf(init)));
  if (payload.length > largestPayload) return answered(message(413, 'Request Too Long'));
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => { timer = setTimeout(() => resolve(null), timeout); });
  // The pool ends it at its own timeout.
  const running = invokeFunction(local, functionArn.split(':')[3] ?? init.api.region, functionArn, payload, { trace: init.trace }).catch((error: unknown) => {
    if (error instanceof AwsError) return error;
    throw error;
  });
  const done = await Promise.race([running, late]).finally(() => clearTimeout(timer));
  return { ...meaningOf(done), integrationLatency: Math.round(performance.now() - begun) };
}

function meaningOf(done: Invocation | AwsError | null): Answered {
  if (done instanceof AwsError) return failedWith(done.message);
  if (done === null) return { ...answered(message(503, 'Service Unavailable')), integrationError: 'The integration timed out.' };
  if (done.functionError !== null) {
    const { errorMessage } = JSON.parse(done.payload.toString()) as { readonly errorMessage: string };
    return failedWith(`The Lambda function returned the following error: ${errorMessage}. Check your Lambda function code and try again.`);
  }
  const response = responseOf(done.payload);
  return response === null ? failedWith('The response from the Lambda function doesn\'t match the format that API Gateway expects.') : answered(response);
}

/** Of what is a fault of the integration: a caller learns no more than that. */
export function failedWith(integrationError: string): Answered {
  return { ...answered(message(500, 'Internal Server Error')), integrationError };
}

/** An answer for which no function was called. */
export function answered(response: LocalResponse): Answered {
  return { response, integrationError: null, integrationLatency: null };
}

/** An answer of API Gateway's own. */
export function message(status: number, text: string): LocalResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message: text }) };
}
