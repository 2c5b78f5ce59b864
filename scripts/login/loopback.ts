import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registerSecret } from '../secrets/registry';

const path = '/oauth/callback';

/** As it is registered: the port is another in each login. https://datatracker.ietf.org/doc/html/rfc8252#section-7.3 */
export const registeredRedirect = `http://127.0.0.1${path}`;

/** What the browser brings back. */
export type Reply =
  | { readonly kind: 'code'; readonly code: string }
  /** OAuth's error, one word: `access_denied`. */
  | { readonly kind: 'refused'; readonly error: string };

/** The page on this machine to which the browser comes back. */
export interface Loopback {
  readonly redirectUri: string;
  /** The first reply to the login that `state` names. What belongs to another is answered with 400, and waited on. */
  readonly reply: Promise<Reply>;
  close(): void;
}

/** Listens on 127.0.0.1 alone, at a free port. */
export async function listenForReply(state: string): Promise<Loopback> {
  let settle: (reply: Reply) => void;
  const reply = new Promise<Reply>((resolve) => { settle = resolve; });
  const server = createServer((request, response) => {
    const understood = understand(request, origin(), state);
    answer(response, understood);
    if (understood !== 'unknown page' && understood !== 'another login') settle(understood);
  });
  const origin = (): string => `127.0.0.1:${(server.address() as AddressInfo | null)?.port ?? 0}`;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  return {
    redirectUri: `http://${origin()}${path}`,
    reply,
    close() {
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
    },
  };
}

/** A page that a name on the internet leads to (DNS rebinding) is none of ours: the host must be the address. */
function understand({ method, url = '', headers }: IncomingMessage, host: string, state: string): Reply | 'unknown page' | 'another login' {
  if (method !== 'GET' || headers.host !== host || !URL.canParse(url, `http://${host}`)) return 'unknown page';
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  if (pathname !== path) return 'unknown page';
  const [code, error] = [searchParams.get('code'), searchParams.get('error')];
  if (searchParams.get('state') !== state) return 'another login';
  if (error !== null) return { kind: 'refused', error: /^\w{1,40}$/.test(error) ? error : 'an error' };
  if (code === null) return 'another login';
  registerSecret(code);
  return { kind: 'code', code };
}

function answer(response: ServerResponse, understood: ReturnType<typeof understand>): void {
  const [status, text] = understood === 'unknown page' ? [404, 'There is nothing here.']
    : understood === 'another login' ? [400, 'This does not belong to the login that the terminal waits for. Begin again from the address that it shows.']
      : understood.kind === 'refused' ? [400, 'The login was refused. The terminal says more.']
        : [200, 'The terminal has it, and goes on. You can close this page.'];
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
    connection: 'close',
  }).end(`<!doctype html><title>cdk-takeoff</title><p>${text}</p>`);
}
