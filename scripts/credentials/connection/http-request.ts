import type { AwsAgents } from './aws-agents';

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
}

/**
 * One request to AWS for which there is no client of the SDK here. Follows no redirect: a signature is for one host.
 * Rejects with what Node says; with a TimeoutError where patience ends.
 */
export async function httpRequest(url: URL, { method, headers, body, agents, patience }: HttpRequest): Promise<HttpAnswer> {
  const agent = url.protocol === 'http:' ? agents.httpAgent : agents.httpsAgent;
  const { request: send } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  return new Promise((resolve, reject) => {
    const signal = typeof patience === 'number' ? AbortSignal.timeout(patience) : patience;
    const failed = (error: Error): void => {
      agent?.destroy();
      reject(signal.aborted ? timeout() : error);
    };
    const request = send(url, { method, headers, signal, ...(agent === undefined ? {} : { agent }) }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => { chunks.push(chunk); }).on('error', failed);
      response.on('end', () => {
        agent?.destroy();
        resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks) });
      });
    });
    request.on('error', failed).end(body ?? undefined);
  });
}

function timeout(): Error {
  return Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
}
