import type { IncomingMessage } from 'node:http';
import type { AwsAgents } from './aws-agents';
import { collectAnswer, largestCredential, timeout } from './collect-answer';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  /** Made for this request alone: they end with it. */
  readonly agents: AwsAgents;
  /** Milliseconds that all of it may take, or what else ends it. */
  readonly patience: number | AbortSignal;
  /** Bytes that the answer may have; as a rule those of a credential. */
  readonly largest?: number;
}

/**
 * One request to AWS for which there is no client of the SDK here. Follows no redirect: a signature is for one host.
 * Rejects with what Node says; with a TimeoutError where patience ends, an AnswerTooLargeError where the answer does not.
 */
export async function httpRequest(url: URL, { method, headers, body, agents, patience, largest = largestCredential }: HttpRequest): Promise<HttpAnswer> {
  const agent = url.protocol === 'http:' ? agents.httpAgent : agents.httpsAgent;
  const { request: send } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  return new Promise((resolve, reject) => {
    const signal = typeof patience === 'number' ? AbortSignal.timeout(patience) : patience;
    const settled = (answer: HttpAnswer): void => {
      agent?.destroy();
      resolve(answer);
    };
    const failed = (error: Error): void => {
      agent?.destroy();
      reject(signal.aborted ? timeout() : error);
    };
    const request = send(url, { method, headers, signal, ...(agent === undefined ? {} : { agent }) }, (response) => {
      answerOf(response, largest).then(settled, failed);
    });
    request.on('error', failed).end(body ?? undefined);
  });
}

async function answerOf(response: IncomingMessage, largest: number): Promise<HttpAnswer> {
  const body = await collectAnswer(response, largest);
  return { status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body };
}
