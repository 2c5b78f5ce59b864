import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer } from '../../scripts/local-aws/error-answer';
import { authorizer } from '../../scripts/local-aws/iam/authorize';
import type { LocalAws, LocalRequest, LocalResponse, Service } from '../../scripts/local-aws/service';
import { getSession, type Session } from '../../scripts/local-aws/sts/sessions';

/** How the calls of a session are judged, if not by its policies. */
type Judge = (session: Session, region: string) => LocalRequest['authorize'];

/**
 * Serves one service of the Query protocol to real clients. It believes the key id of a request without looking at its
 * signature: that is the front's work.
 */
export async function serveQuery(local: LocalAws, service: Service, judge: Judge = (session, region) => authorizer(local, session, { region })): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const server = createServer((request, response) => {
    void answer(local, service, judge, request).then(({ status, headers, body }) => response.writeHead(status, { 'content-type': String(headers['content-type']) }).end(body));
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

async function answer(local: LocalAws, service: Service, judge: Judge, request: IncomingMessage): Promise<LocalResponse> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, keyId = '', , region = ''] = /Credential=([^/]+)\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    const session = getSession(local, keyId);
    const response = await service.handle({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://127.0.0.1'),
      headers: {},
      body: Buffer.concat(chunks),
      caller: session.caller,
      region,
      authorize: judge(session, region),
    });
    await local.store.saved();
    return response;
  } catch (error) {
    return errorAnswer(error, service.protocol, randomUUID());
  }
}
