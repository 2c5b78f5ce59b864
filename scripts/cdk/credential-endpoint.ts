import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Credentials, Provider } from '../credentials/source';
import { registerCredentials, registerSecret } from '../secrets/registry';

const path = '/credentials';

/** Long-term keys do not expire, and yet the SDK wants a date: one that no deploy reaches. */
const farExpiration = '2999-01-01T00:00:00Z';

/** What a client may take. */
export interface EndpointLimits {
  /** Bytes of a request's head. */
  readonly head: number;
  /** Milliseconds from the connection to the end of the request. */
  readonly time: number;
  /** How many may be open at once. */
  readonly connections: number;
}

const usualLimits: EndpointLimits = { head: 8192, time: 5000, connections: 64 };

/** An endpoint that serves credentials. */
export interface CredentialEndpoint {
  /** Its address, for AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  readonly uri: string;
  /** What a request must carry, for AWS_CONTAINER_AUTHORIZATION_TOKEN. */
  readonly token: string;
  /** Settles when it is closed; connections that are open are cut. */
  close(): Promise<void>;
}

/** The container provider's answer. https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
function answerOf(credentials: Credentials): string {
  return JSON.stringify({
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken ?? '',
    Expiration: credentials.expiration?.toISOString() ?? farExpiration,
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whether `given` is `token`, in a time that says nothing of where they differ. */
function isToken(given: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(token));
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
  response.end(body);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  reply(response, status, JSON.stringify({ code, message: code }));
}

/** The status that a request is refused with, `null` for the one request that is answered. */
function refusalOf(request: IncomingMessage, token: string): readonly [number, string] | null {
  if (!isToken(request.headers.authorization, token)) return [401, 'Unauthorized'];
  if (request.url !== path) return [404, 'NotFound'];
  if (request.method !== 'GET') return [405, 'MethodNotAllowed'];
  return null;
}

/** A request that cannot be parsed gets no answer, unless its headers were too long. */
function onBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'HPE_HEADER_OVERFLOW' && socket.writable) socket.end('HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n');
  else socket.destroy();
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Serves what `provider` yields on 127.0.0.1, at a random port, to whoever has the fresh 256-bit token. Each
 * answer asks the provider, so that a long run of CDK outlives a session that can be renewed.
 *
 * @throws what Node throws where it cannot listen
 */
export async function serveCredentials(provider: Provider, { head, time, connections } = usualLimits): Promise<CredentialEndpoint> {
  const token = randomBytes(32).toString('base64url');
  registerSecret(token);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    request.resume();
    const refusal = refusalOf(request, token);
    if (refusal !== null) return refuse(response, ...refusal);
    try {
      const credentials = await provider();
      registerCredentials(credentials);
      reply(response, 200, answerOf(credentials));
    } catch {
      // Why, the run asks again when CDK has failed.
      refuse(response, 500, 'CredentialsNotAvailable');
    }
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => { void answer(request, response); };
  const server = createServer({ maxHeaderSize: head, headersTimeout: time, requestTimeout: time, connectionsCheckingInterval: time / 5 }, onRequest);
  server.on('checkContinue', onRequest); // no body is waited for
  server.maxConnections = connections;
  server.on('clientError', onBrokenRequest);
  const port = await listen(server);
  return {
    uri: `http://127.0.0.1:${port}${path}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
