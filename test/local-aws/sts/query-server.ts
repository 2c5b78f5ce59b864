import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../../../scripts/local-aws/aws-error';
import { authorizer } from '../../../scripts/local-aws/iam/authorize';
import type { LocalAws, Service } from '../../../scripts/local-aws/service';
import { findSession } from '../../../scripts/local-aws/sts/sessions';
import { xml } from '../../../scripts/local-aws/xml';

/**
 * Serves one service of the Query protocol to real clients. It believes the key id of a request without looking at its
 * signature: that is the front's work.
 */
export async function serveQuery(local: LocalAws, service: Service): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const server = createServer((request, response) => {
    void answer(local, service, request).then(({ status, body }) => response.writeHead(status, { 'content-type': 'text/xml' }).end(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise((closed) => {
      server.closeAllConnections();
      server.close(() => closed());
    }),
  };
}

async function answer(local: LocalAws, service: Service, request: IncomingMessage): Promise<{ status: number; body: string }> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, keyId = '', , region = ''] = /Credential=([^/]+)\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const session = findSession(local, keyId);
    if (session === null) throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
    const { status, body } = await service.handle({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://127.0.0.1'),
      headers: {},
      body: Buffer.concat(chunks),
      caller: session.caller,
      region,
      authorize: authorizer(local, session, { protocol: service.protocol, region }),
    });
    local.store.save();
    return { status, body: String(body) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { status: error.status, body: xml('ErrorResponse', { Error: { Type: 'Sender', Code: error.code, Message: error.message }, RequestId: '1' }) };
  }
}
