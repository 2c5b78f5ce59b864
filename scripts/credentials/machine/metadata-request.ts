import { toldCall } from '../connection/call-log';
import { httpRequest } from '../connection/http-request';

export interface MetadataAnswer {
  readonly status: number;
  readonly text: string;
}

export interface MetadataRequest {
  readonly method?: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request, its answer included. */
  readonly signal: AbortSignal;
}

/** Asks a service of the machine that this runs on, without a proxy and without following it elsewhere. Throws what Node says. */
export async function metadataRequest(url: URL, { method = 'GET', headers = {}, signal }: MetadataRequest): Promise<MetadataAnswer> {
  // With agents of its own, which no NODE_USE_ENV_PROXY sends elsewhere. Its path may hold an id by which ECS gives the session.
  return toldCall('metadata', `${method} ${url.host}`, async () => {
    const agents = url.protocol === 'http:' ? { httpAgent: new (await import('node:http')).Agent() } : { httpsAgent: new (await import('node:https')).Agent() };
    const { status, body } = await httpRequest(url, { method, headers, body: null, agents, patience: signal });
    return { status, text: body.toString('utf8') };
  });
}
