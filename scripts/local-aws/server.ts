import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens on 127.0.0.1. */
export interface ListeningServer {
  readonly port: number;
  /** Ends when the open requests have been answered. */
  close(): Promise<void>;
}

/**
 * Listens at `port` where it is free, else at another.
 *
 * @param keepAlive milliseconds for which a connection waits for its next request; 0 for ever
 */
export async function listen(port: number, handle: (message: IncomingMessage, reply: ServerResponse) => Promise<void>, keepAlive = 60_000): Promise<ListeningServer> {
  const server = createServer((message, reply) => {
    handle(message, reply).catch(() => reply.destroy());
  });
  // What a client keeps alive for its next request must not be cut just as it sends one.
  server.keepAliveTimeout = keepAlive;
  if (!(await listens(server, port))) await listens(server, 0);
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      server.off('listening', listening);
      if (port !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve(false);
      else reject(error);
    };
    const listening = (): void => {
      server.off('error', refused);
      resolve(true);
    };
    server.once('error', refused);
    server.once('listening', listening);
    server.listen(port, '127.0.0.1');
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
