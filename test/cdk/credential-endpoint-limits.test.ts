import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { serveCredentials, type CredentialEndpoint, type EndpointLimits } from '../../scripts/cdk/credential-endpoint';
import type { Credentials } from '../../scripts/credentials/source';
import { forgetSecrets } from '../../scripts/secrets/registry';

const session: Credentials = { accessKeyId: 'ASIATESTTESTTESTTEST', secretAccessKey: 'a secret for the tests only', sessionToken: 'a token for the tests only' };

let endpoint: CredentialEndpoint;
let asked = 0;

async function serve(limits?: EndpointLimits): Promise<void> {
  asked = 0;
  endpoint = await serveCredentials(() => {
    asked++;
    return Promise.resolve(session);
  }, limits);
}

afterEach(async () => {
  await endpoint.close();
  forgetSecrets();
});

/** A connection, and what it got when the other side has ended it. */
interface Client {
  readonly socket: Socket;
  readonly got: Promise<string>;
}

function client(): Client {
  let text = '';
  const socket = connect(Number(new URL(endpoint.uri).port), '127.0.0.1');
  const got = new Promise<string>((done) => {
    socket.on('data', (chunk) => { text += chunk.toString('latin1'); }).on('error', () => undefined).on('close', () => done(text));
  });
  return { socket, got };
}

function send(bytes: string | Buffer): Promise<string> {
  const { socket, got } = client();
  socket.end(bytes);
  return got;
}

const right = (): string => `GET /credentials HTTP/1.1\r\nHost: x\r\nAuthorization: ${endpoint.token}\r\n\r\n`;

const header = fc.oneof(
  fc.stringMatching(/^[A-Za-z-]{1,12}: [ -~]{0,40}$/),
  fc.constantFrom('Authorization: ', 'Authorization: Bearer x', 'authorization: null', 'Content-Length: 5', 'Transfer-Encoding: chunked', 'Expect: 100-continue', 'Upgrade: websocket\r\nConnection: Upgrade', 'Connection: keep-alive', 'Content-Length: 99999999999', `X-Long: ${'x'.repeat(9000)}`),
  fc.string({ minLength: 43, maxLength: 43, unit: fc.constantFrom(...'ABCxyz019-_'.split('')) }).map((guess) => `Authorization: ${guess}`),
);
const line = fc.tuple(
  fc.constantFrom('GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'CONNECT', 'TRACE', 'get', ''),
  fc.constantFrom('/credentials', '/', '*', '/credentials?x', '//credentials', '/%63redentials', '/../credentials', 'http://127.0.0.1/credentials', 'x:443'),
  fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', ''),
).map((parts) => parts.join(' '));
const http = fc.tuple(line, fc.array(header, { maxLength: 4 }), fc.constantFrom('', 'hello', '5\r\nhello\r\n0\r\n\r\n', 'GET /credentials HTTP/1.1\r\n\r\n'))
  .map(([first, headers, body]) => Buffer.from(`${[first, 'Host: x', ...headers].join('\r\n')}\r\n\r\n${body}`));
const bytes = fc.uint8Array({ maxLength: 200 }).map((random) => Buffer.from(random));

describe('the credential endpoint', () => {
  test('says nothing but 401, 404, 405, 413 and 431 to ten thousand requests without the token', async () => {
    await serve();
    const requests = fc.sample(fc.oneof({ weight: 4, arbitrary: http }, { weight: 1, arbitrary: bytes }), { numRuns: 10_000, seed: 6 });
    const answers = new Map<string, number>();
    const lane = async (): Promise<void> => {
      for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
        const got = await send(request);
        const status = got.match(/^HTTP\/1\.1 \d+/gm)?.join() ?? got;
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    expect([...answers.keys()].filter((answer) => !/^(?:HTTP\/1\.1 (?:401|404|405|413|431))?$/.test(answer))).toEqual([]);
    expect(answers.get('HTTP/1.1 401')).toBeGreaterThan(1000);
    expect(asked).toBe(0);
    expect(await send(right())).toContain(session.secretAccessKey);
  }, 120_000);

  test.each([
    ['nothing', ''],
    ['half a head', 'GET /credentials HTTP/1.1\r\nHost: x\r\n'],
    ['half a body', 'POST /credentials HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf'],
  ])('ends a connection that sends %s in its time', async (_, sent) => {
    await serve({ head: 8192, time: 100, connections: 8 });
    const slow = client();
    slow.socket.write(sent);
    expect(await slow.got).toMatch(/^(?:HTTP\/1\.1 401 [^]*)?$/);
  });

  test('ends one that sends a little at a time', async () => {
    await serve({ head: 8192, time: 100, connections: 8 });
    const slow = client();
    slow.socket.write('GET /credentials HTTP/1.1\r\nX-Drip: ');
    const drip = setInterval(() => slow.socket.write('x'), 10);
    expect(await slow.got).toBe('');
    clearInterval(drip);
  });

  test('reads no body without end', async () => {
    await serve();
    const { socket, got } = client();
    socket.write('POST /credentials HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const flood = setInterval(() => socket.write(`ffff\r\n${'x'.repeat(0xffff)}\r\n`), 1);
    expect(await got).toMatch(/^(?:HTTP\/1\.1 401 [^]*)?$/);
    clearInterval(flood);
  });

  test('takes no more connections at once than its limit, and more when they have gone', async () => {
    await serve({ head: 8192, time: 10_000, connections: 4 });
    const open = Array.from({ length: 4 }, client);
    await Promise.all(open.map(({ socket }) => once(socket, 'connect')));
    expect(await send(right())).toBe('');
    for (const { socket } of open) socket.destroy();
    await Promise.all(open.map(({ got }) => got));
    let answer = '';
    while (answer === '') answer = await send(right()); // the server hears a little later that they have gone
    expect(answer).toContain(session.secretAccessKey);
  });

  test('reads a head up to its limit', async () => {
    await serve();
    const [long, tooLong] = [7000, 8192].map((length) => right().replace('Host: x', `Host: x\r\nX-Long: ${'x'.repeat(length)}`));
    expect(await send(long ?? '')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await send(tooLong ?? '')).toMatch(/^HTTP\/1\.1 431 /);
  });
});
