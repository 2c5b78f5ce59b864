import { toldCall } from './call-log';

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

/** Asks a service of the machine that this runs on, without a proxy and without following it elsewhere. Throws what fetch throws. */
export async function metadataRequest(url: URL, { method = 'GET', headers = {}, signal }: MetadataRequest): Promise<MetadataAnswer> {
  // Its path may hold an id by which ECS gives the session.
  return toldCall('metadata', `${method} ${url.host}`, async () => {
    const response = await fetch(url, { method, headers, signal, redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  });
}
