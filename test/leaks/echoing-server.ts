import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Everything that came, which a server that helps, or lies, sends back. */
function everything({ method, url, headers }: IncomingMessage, body: string): string {
  return `${method} ${url} ${JSON.stringify(headers)} ${body} ${decodeURIComponent(body.replaceAll('+', '%20'))}`;
}

function error(text: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${escaped(text)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
}

/** How servers answer that give back what they got. */
export const echoes: Readonly<Record<string, Answer>> = {
  'in an error': (request, body, response) => { response.writeHead(403, { 'content-type': 'text/xml' }).end(error(everything(request, body))); },
  'in the name of an error': (request, body, response) => { response.writeHead(400, { 'content-type': 'text/xml' }).end(error('no').replace('AccessDenied', escaped(everything(request, body)))); },
  'in a web page': (request, body, response) => { response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${everything(request, body)}</body></html>`); },
  'in XML that ends too early': (request, body, response) => { response.writeHead(403, { 'content-type': 'text/xml' }).end(error(everything(request, body)).slice(0, -80)); },
  'in a redirect': (request, body, response) => { response.writeHead(307, { location: `http://${String(request.headers.host)}/elsewhere?${encodeURIComponent(everything(request, body))}`, 'content-type': 'text/html' }).end(everything(request, body)); },
  'in headers': (request, _body, response) => { response.writeHead(403, { 'x-amzn-requestid': String(request.headers['x-amz-security-token']), 'x-amzn-errortype': 'AccessDenied', 'content-type': 'text/xml' }).end(error('no')); },
  'in an identity': (request, body, response) => { response.writeHead(200, { 'content-type': 'text/xml' }).end(`<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${escaped(everything(request, body))}</Arn><UserId>${escaped(everything(request, body))}</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`); },
};

export interface EchoingServer extends AsyncDisposable {
  readonly origin: string;
}

export async function startEchoing(answer: Answer): Promise<EchoingServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; }).on('end', () => answer(request, body, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
