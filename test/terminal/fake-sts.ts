import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KnownKey {
  readonly secret: string;
  readonly token?: string;
}

/** A server on 127.0.0.1 that answers GetCallerIdentity as STS does, the bootstrap's version as SSM does, and judges signatures. */
export interface FakeSts {
  readonly url: string;
  /** How often it was asked. */
  asked(): number;
  /** Calls `act` once, before it answers the next request for the bootstrap's version. */
  whenAskedForBootstrap(act: () => void): void;
  /** From now on answers 503, as an outage does. */
  breakDown(broken: boolean): void;
  close(): Promise<void>;
}

const account = '123456789012';

function errorXml(code: string, message: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}

const identityXml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/dev</Arn><UserId>AIDAQAAAAAAAAAAAAAAAA</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signatureOf(request: IncomingMessage, body: string, secret: string, scope: string, signedHeaders: string): string {
  const headers = signedHeaders.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const canonical = `${request.method ?? ''}\n${request.url ?? ''}\n\n${headers}\n${signedHeaders}\n${hash(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${String(request.headers['x-amz-date'])}\n${scope}\n${hash(canonical)}`;
  const key = scope.split('/').reduce<Buffer | string>((key, part) => createHmac('sha256', key).update(part).digest(), `AWS4${secret}`);
  return createHmac('sha256', key).update(toSign).digest('hex');
}

function judge(request: IncomingMessage, body: string, keys: ReadonlyMap<string, KnownKey>): [number, string] {
  const [, id = '', scope = '', signed = '', signature = ''] = /Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)/.exec(request.headers.authorization ?? '') ?? [];
  const key = keys.get(id);
  if (key === undefined || key.token !== request.headers['x-amz-security-token']) {
    return [403, errorXml('InvalidClientTokenId', 'The security token included in the request is invalid.')];
  }
  if (signatureOf(request, body, key.secret, scope, signed) !== signature) {
    return [403, errorXml('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.')];
  }
  return [200, identityXml];
}

const bootstrapVersion = JSON.stringify({ Parameter: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '30', Version: 1 } });

/** @param keys id → its secret, and its token where it is temporary */
export async function startFakeSts(keys: Readonly<Record<string, KnownKey>>): Promise<FakeSts> {
  const known = new Map(Object.entries(keys));
  let asked = 0;
  let broken = false;
  let atBootstrap: (() => void) | null = null;
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    asked += 1;
    const [status, xml] = broken ? [503, errorXml('ServiceUnavailable', 'Service Unavailable')] : judge(request, body, known);
    const isSsm = request.headers['x-amz-target'] === 'AmazonSSM.GetParameter' && status === 200;
    if (isSsm) {
      atBootstrap?.();
      atBootstrap = null;
    }
    response.writeHead(status, { 'content-type': isSsm ? 'application/x-amz-json-1.1' : 'text/xml' }).end(isSsm ? bootstrapVersion : xml);
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    whenAskedForBootstrap: (act) => { atBootstrap = act; },
    breakDown: (value) => { broken = value; },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
