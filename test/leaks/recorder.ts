import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands before a server on 127.0.0.1 and keeps every byte that is sent to it. */
export interface Recorder extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  sent(): Buffer;
  /** What the server answered. */
  answered(): Buffer;
}

export async function recordBefore(origin: string): Promise<Recorder> {
  const sent: Buffer[] = [];
  const answered: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(origin).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => { client.destroy(); upstream.destroy(); }).on('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes: Buffer) => sent.push(bytes)).pipe(upstream);
    upstream.on('data', (bytes: Buffer) => answered.push(bytes)).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => Buffer.concat(sent),
    answered: () => Buffer.concat(answered),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
