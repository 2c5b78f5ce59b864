import { Failure } from '../failures/failure';
import { agentsFor } from '../credentials/connection/aws-agents';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { largestAnswer } from '../credentials/connection/collect-answer';
import { httpRequest } from '../credentials/connection/http-request';
import { isLoopback } from '../credentials/connection/loopback';
import { Sha256 } from '../credentials/connection/sha256';
import type { Credentials } from '../credentials/source';

/** One call of a deployed API. */
export interface ApiCall {
  /** The API's own URL, with or without a slash at its end. */
  readonly apiUrl: string;
  readonly method: string;
  /** Begins with `/`; may have a query. */
  readonly path: string;
  readonly body: Buffer | null;
  readonly credentials: Credentials;
  readonly region: string;
  /** Its proxy and its certificates are those of the call. */
  readonly aws: AwsVariables;
}

/** What a deployed API answered. */
export interface ApiAnswer {
  readonly status: number;
  /** Of the header; empty where there is none. */
  readonly contentType: string;
  readonly body: Buffer;
  readonly durationMs: number;
}

/**
 * Where a call goes.
 *
 * @throws Failure USAGE where a session token would travel in the clear
 */
function target(call: ApiCall): URL {
  const url = new URL(call.apiUrl.replace(/\/$/, '') + call.path);
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new Failure({
      code: 'USAGE',
      message: `The API's URL is ${url.origin}, and a signed call over plain HTTP would show the session token to the network.`,
      fix: 'Give the stack an ApiUrl output that begins with https://.',
    });
  }
  return url;
}

/**
 * Calls a deployed API, signed with SigV4 for the service `execute-api`. Follows no redirect: a signature is for one host.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 *
 * @throws Failure USAGE; what Node throws where the network fails
 */
export async function callApi(call: ApiCall): Promise<ApiAnswer> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const url = target(call);
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) query[name] = url.searchParams.getAll(name);
  const signer = new SignatureV4({ service: 'execute-api', region: call.region, credentials: call.credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method: call.method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query,
    headers: { host: url.host, ...(call.body === null ? {} : { 'content-type': 'application/json' }) },
    ...(call.body === null ? {} : { body: call.body }),
  });
  const started = performance.now();
  const length = call.body === null ? {} : { 'content-length': String(call.body.length) };
  const answer = await httpRequest(url, { method: call.method, headers: { ...signed.headers, ...length }, body: call.body, agents: await agentsFor(call.aws), patience: 60_000, largest: largestAnswer });
  return { ...answer, durationMs: Math.round(performance.now() - started) };
}
