import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the server got. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

export interface JsonServer {
  readonly origin: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1. What `answer` does not end stays open until it closes. */
export async function startServer(answer: (seen: Seen, response: ServerResponse) => void): Promise<JsonServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers };
    seen.push(one);
    answer(one, response);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => new Promise((closed) => {
      server.close(() => { closed(); });
      server.closeAllConnections();
    }),
  };
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** A session as ECS, EKS and IMDS give it. */
export const machineSession = { Code: 'Success', AccessKeyId: 'ASIAQYLPMN5HHMACHINE', SecretAccessKey: 'the-secret-of-the-machine', Token: 'the-token-of-the-machine', Expiration: '2099-01-02T03:04:05Z' };

export const machineCredentials = { accessKeyId: 'ASIAQYLPMN5HHMACHINE', secretAccessKey: 'the-secret-of-the-machine', sessionToken: 'the-token-of-the-machine', expiration: new Date('2099-01-02T03:04:05Z') };
