import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startServer, type Seen } from '../../credentials/json-server';
import { makeCertificate, makeExpiredCertificate, makeIssuedCertificate, namesOfAws, type Certificate } from '../../identity/certificate';
import { startConnectProxy, type ConnectProxy, type OnConnect } from '../../identity/connect-proxy';
import { startFakeSts, type Answer, type FakeSts } from '../../identity/fake-sts';

/** What surrounds one run: a home of its own, and servers that end with it. */
export interface World {
  readonly home: string;
  /** Writes a file in the home, and returns its path. */
  file(path: string, text: string | Buffer): string;
  sts(answer: Answer, tls?: Certificate): Promise<FakeSts>;
  server(answer: (seen: Seen, response: ServerResponse) => void): Promise<string>;
  /** A server of bare connections. */
  raw(onData: (socket: Socket) => void): Promise<string>;
  proxy(onConnect: OnConnect): Promise<ConnectProxy>;
  readonly certificates: Certificates;
  end(): Promise<void>;
}

export interface Certificates {
  /** For 127.0.0.1 and for AWS's own names. */
  readonly good: Certificate;
  readonly expired: Certificate;
  readonly ofAnother: Certificate;
  /** Of an authority that is not known here, whose own certificate comes along or not. */
  readonly chained: Certificate;
  readonly unchained: Certificate;
}

export function makeCertificates(): Certificates {
  return { good: makeCertificate([...namesOfAws, 'IP:127.0.0.1']), expired: makeExpiredCertificate(), ofAnother: makeCertificate(['DNS:other.example']), chained: makeIssuedCertificate(['IP:127.0.0.1'], true), unchained: makeIssuedCertificate(['IP:127.0.0.1'], false) };
}

export function makeWorld(certificates: Certificates): World {
  const home = mkdtempSync(join(tmpdir(), 'takeoff-home-'));
  const open: { close(): Promise<void> }[] = [];
  const kept = async <Server extends { close(): Promise<void> }>(starting: Promise<Server>): Promise<Server> => {
    const server = await starting;
    open.push(server);
    return server;
  };
  return {
    home,
    certificates,
    file(path, text) {
      const full = join(home, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
      return full;
    },
    sts: (answer, tls) => kept(startFakeSts(answer, tls)),
    server: async (answer) => (await kept(startServer(answer))).origin,
    raw: async (onData) => (await kept(startRaw(onData))).origin,
    proxy: (onConnect) => kept(startConnectProxy(onConnect)),
    async end() {
      for (const server of open) await server.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function startRaw(onData: (socket: Socket) => void): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => { onData(socket); });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((closed) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => { closed(); });
    }),
  };
}
