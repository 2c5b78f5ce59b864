import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request that the server got. */
export interface SeenRequest {
  readonly action: string | null;
  readonly parameters: URLSearchParams;
  /** Of the access key that signed it. */
  readonly accessKeyId: string | null;
  /** As the client called it. */
  readonly host: string;
  /** By the client's clock, in milliseconds; NaN for one that is not signed. */
  readonly signedAt: number;
}

/** Answers one request, or leaves it open. */
export type Answer = (request: SeenRequest, response: ServerResponse) => void;

export interface FakeSts {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Of every answer, as AWS has it in a header. */
export const requestId = '01234567-89ab-cdef-0123-456789abcdef';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** Starts a server on 127.0.0.1 that answers as STS does: over TLS where it has a certificate, else over plain HTTP. */
export async function startFakeSts(answer: Answer, tls?: { readonly cert: Buffer; readonly key: Buffer }): Promise<FakeSts> {
  const requests: SeenRequest[] = [];
  const serve = (incoming: IncomingMessage, response: ServerResponse): void => {
    const take = (text: string): void => {
      const parameters = new URLSearchParams(text);
      const accessKeyId = /Credential=([^/]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? null;
      const request = { action: parameters.get('Action'), parameters, accessKeyId, host: incoming.headers.host ?? '', signedAt: signedAt(incoming) };
      requests.push(request);
      answer(request, response);
    };
    void readBody(incoming).then(take);
  };
  const server = tls === undefined ? createServer(serve) : createSecureServer({ cert: tls.cert, key: tls.key }, serve).on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const { port } = server.address() as AddressInfo;
  return { origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, requests, close: () => stop(server) };
}

function signedAt({ headers }: IncomingMessage): number {
  return Date.parse(String(headers['x-amz-date']).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((closed) => { server.close(() => { closed(); }); });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function identity(account = '123456789012', arn = `arn:aws:iam::${account}:user/dev`): Answer {
  return (_request, response) => {
    xml(response, 200, `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`);
  };
}

/** An error as the Query protocol has it. */
export function refusal(code: string, message: string, status = 403): Answer {
  return (_request, response) => {
    xml(response, status, `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`);
  };
}

/** AssumeRole's answer. */
export function session(keys: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }, expiration: Date): Answer {
  return ({ action }, response) => {
    xml(response, 200, `<${action}Response xmlns="${namespace}"><${action}Result><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/r/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>${keys.accessKeyId}</AccessKeyId><SecretAccessKey>${keys.secretAccessKey}</SecretAccessKey><SessionToken>${keys.sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials></${action}Result></${action}Response>`);
  };
}

/** A page such as a proxy answers. */
export function page(status: number): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html><body><h1>Please log in</h1></body></html>');
  };
}

function xml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }).end(text);
}
