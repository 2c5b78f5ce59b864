import diagnostics from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a server of this process was sent, and what it answered: it answers to its own name alone, so that nothing can stand before it. */
export interface RecordedRequests extends Disposable {
  sent(): Buffer;
  answered(): Buffer;
}

const channel = 'http.server.request.start';

export function recordRequests(port: number): RecordedRequests {
  const sent: Buffer[] = [];
  const answered: Buffer[] = [];
  const onRequest = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (request.socket.localPort !== port) return;
    sent.push(Buffer.from(`${request.method} ${request.url}\r\n${request.rawHeaders.join('\r\n')}\r\n`));
    const push = request.push.bind(request);
    request.push = (chunk: unknown, encoding?: BufferEncoding) => {
      if (Buffer.isBuffer(chunk)) sent.push(chunk);
      return push(chunk, encoding);
    };
    const end = response.end.bind(response);
    response.end = (body?: unknown) => {
      if (typeof body === 'string' || Buffer.isBuffer(body)) answered.push(Buffer.from(body));
      return end(body);
    };
  };
  diagnostics.subscribe(channel, onRequest);
  return {
    sent: () => Buffer.concat(sent),
    answered: () => Buffer.concat(answered),
    [Symbol.dispose]: () => { diagnostics.unsubscribe(channel, onRequest); },
  };
}
