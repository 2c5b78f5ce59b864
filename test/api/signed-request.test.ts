import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callApi } from '../../scripts/api/signed-request';

const credentials = { accessKeyId: 'ASIAQYLPMN5HHQWERTYU', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzzzzzzzzzz', sessionToken: 'a-session-token-of-some-length' };

interface Received {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** Serves one answer on 127.0.0.1 and hands over what it received. */
async function server(status: number, answer: string, headers: Record<string, string> = {}): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
  const received: Received[] = [];
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks) });
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(answer);
    });
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close: () => new Promise((closed) => { http.close(() => closed()); http.closeAllConnections(); }) };
}

/** SigV4 as its specification builds it, written out anew: the check is not made by the code that it checks. */
function expectedSignature({ request, body }: Received, canonicalPath: string, canonicalQuery: string): string {
  const authorization = request.headers.authorization ?? '';
  const [, scope = '', signed = ''] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(authorization) ?? [];
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name])}\n`).join('');
  const canonical = [request.method, canonicalPath, canonicalQuery, headers, signed, createHash('sha256').update(body).digest('hex')].join('\n');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${credentials.secretAccessKey}`);
  return createHmac('sha256', key).update(text).digest('hex');
}

test('a POST arrives signed for execute-api, with its body, its query and the session token', async () => {
  const api = await server(201, '{"id":"1"}');
  const answer = await callApi({ apiUrl: `${api.url}/base/`, method: 'POST', path: '/notes?b=2&a=x%20y', body: Buffer.from('{"text":"hello"}'), credentials, region: 'eu-west-1', aws: {} });
  await api.close();
  expect(answer).toMatchObject({ status: 201, contentType: 'application/json' });
  expect(answer.body.toString()).toBe('{"id":"1"}');
  const [received] = api.received;
  if (received === undefined) throw new Error('nothing arrived');
  expect(received.body.toString()).toBe('{"text":"hello"}');
  expect(received.request.headers['x-amz-security-token']).toBe(credentials.sessionToken);
  expect(received.request.headers.authorization).toContain('/eu-west-1/execute-api/aws4_request');
  expect(received.request.headers.authorization).toContain(`Signature=${expectedSignature(received, '/base/notes', 'a=x%20y&b=2')}`);
});

test('a redirect is not followed: the signature is for one host', async () => {
  const api = await server(302, '', { location: 'http://127.0.0.1:1/elsewhere' });
  const answer = await callApi({ apiUrl: api.url, method: 'GET', path: '/notes', body: null, credentials, region: 'us-west-2', aws: {} });
  await api.close();
  expect(answer.status).toBe(302);
});

test('plain HTTP to another machine is refused before anything is sent', async () => {
  await expect(callApi({ apiUrl: 'http://api.example.com', method: 'GET', path: '/', body: null, credentials, region: 'us-west-2', aws: {} })).rejects.toMatchObject({ code: 'USAGE' });
});
