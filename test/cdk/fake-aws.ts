import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface SignedRequest {
  /** The id of the key that signed it. */
  readonly keyId: string | null;
  readonly service: string | null;
  readonly sessionToken: string | null;
  readonly action: string;
  readonly body: string;
}

/** What AWS answers: status and body. */
export type Answer = (request: SignedRequest) => readonly [number, string];

export interface FakeAws {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SignedRequest[];
  close(): Promise<void>;
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((done) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
    request.on('end', () => done(body));
  });
}

function describe(request: IncomingMessage, body: string): SignedRequest {
  const [, keyId, service] = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const target = String(request.headers['x-amz-target'] ?? '').split('.').at(-1);
  const action = new URLSearchParams(body).get('Action') ?? (target === '' || target === undefined ? `${request.method} ${request.url}` : target);
  return { keyId: keyId ?? null, service: service ?? null, sessionToken: request.headers['x-amz-security-token']?.toString() ?? null, action, body };
}

/** An AWS on 127.0.0.1 that writes down who signed each request: over TLS where it has a certificate. */
export async function fakeAws(answer: Answer, tls?: { readonly cert: Buffer; readonly key: Buffer }): Promise<FakeAws> {
  const requests: SignedRequest[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const signed = describe(request, await read(request));
    requests.push(signed);
    const [status, body] = answer(signed);
    response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/x-amz-json-1.1' : 'text/xml' }).end(body);
  };
  const serve = (request: IncomingMessage, response: ServerResponse): void => { void respond(request, response); };
  const server = tls === undefined ? createServer(serve) : createSecureServer({ cert: tls.cert, key: tls.key }, serve);
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

/** STS knows everyone, SSM has `value`, nobody may assume a role, and there is no stack. */
export const smallAws: Answer = ({ action, body }) => {
  if (action === 'GetCallerIdentity') {
    return [200, '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/a</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'];
  }
  if (action === 'GetParameter') return [200, JSON.stringify({ Parameter: { Name: 'x', Type: 'String', Value: 'looked up value', Version: 1 } })];
  if (action === 'DescribeStacks') {
    const name = new URLSearchParams(body).get('StackName') ?? '';
    return [400, `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`];
  }
  return [403, '<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>Not here</Message></Error></ErrorResponse>'];
};
