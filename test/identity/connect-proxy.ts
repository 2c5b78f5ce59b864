import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What a client asked a proxy for. */
export interface Connect {
  /** `sts.us-west-2.amazonaws.com:443` */
  readonly target: string;
  /** User and password that were sent along, in clear: `me:secret`. */
  readonly login: string | null;
}

export interface ConnectProxy {
  readonly url: string;
  readonly connects: readonly Connect[];
  close(): Promise<void>;
}

/** Answers CONNECT: `connected` leads to where it should; anything else is written as it is, and then the socket ends. */
export type OnConnect = (connect: Connect) => { readonly port: number } | { readonly answer: string } | 'silent';

/** Starts an HTTP proxy on 127.0.0.1 that resolves no name: `onConnect` says to which port of this machine a host leads. */
export async function startConnectProxy(onConnect: OnConnect): Promise<ConnectProxy> {
  const connects: Connect[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => { socket.destroy(); }).on('close', () => { sockets.delete(socket); });
  };
  const server = createServer((_request, response) => { response.writeHead(400).end(); });
  server.on('connection', keep);
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    const basic = /^Basic (.+)$/.exec(headers['proxy-authorization'] ?? '')?.[1];
    const one = { target: url, login: basic === undefined ? null : Buffer.from(basic, 'base64').toString() };
    connects.push(one);
    const does = onConnect(one);
    if (does === 'silent') return;
    if ('answer' in does) {
      socket.end(does.answer);
      return;
    }
    const upstream = connect(does.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    keep(upstream);
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connects,
    close: () => new Promise((closed) => {
      server.close(() => { closed(); });
      for (const socket of sockets) socket.destroy();
    }),
  };
}
