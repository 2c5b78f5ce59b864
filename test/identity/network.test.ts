import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from '../../scripts/credentials/connection/aws-client';
import type { AwsVariables } from '../../scripts/credentials/connection/aws-variables';
import type { Found } from '../../scripts/credentials/source';
import { Failure } from '../../scripts/failures/failure';
import { proveIdentity, type Proof } from '../../scripts/identity/prove';
import { translate } from '../../scripts/credentials/refusals/refusal';
import { useOneError } from './one-error';

useOneError();

const credentials = { accessKeyId: 'AKIAQYLPMN5HHHFPZAM2', secretAccessKey: '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' };
const region = { value: 'us-west-2', source: '--region' };
const answer = '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/dev</Arn><UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

function prove(aws: AwsVariables): Promise<Proof> {
  const found: Found = { source: 'environment', profile: null, title: 'environment keys', provider: async () => credentials, region: null, aws };
  return proveIdentity(found, region);
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(() => null, (reason: unknown) => reason);
  if (!(error instanceof Failure)) throw new Error(`no Failure but ${String(error)}`);
  return error;
}

const open: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => { server.close(closed); });
  }
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => { sockets.add(socket); });
  open.push({ server, sockets });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  return (server.address() as AddressInfo).port;
}

/** A server of bare connections. */
async function raw(onData: (socket: Socket) => void): Promise<string> {
  const port = await listen(createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => { onData(socket); });
  }));
  return `http://127.0.0.1:${port}`;
}

describe('TLS', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'takeoff-tls-'));
    for (const [name, days, subject, alternative] of [['good', '1', 'localhost', 'IP:127.0.0.1'], ['other', '1', 'other.example', 'DNS:other.example']] as const) {
      execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', days, '-subj', `/CN=${subject}`, '-addext', `subjectAltName=${alternative}`, '-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)], { stdio: 'ignore' });
    }
  });
  afterAll(() => { rmSync(folder, { recursive: true }); });

  async function secureSts(name: 'good' | 'other'): Promise<string> {
    const server = createSecureServer({ key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) }, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(answer);
    });
    server.on('tlsClientError', () => undefined);
    return `https://127.0.0.1:${await listen(server)}`;
  }

  test('a self-signed certificate is not trusted, and nobody is told to turn verification off', async () => {
    const failure = await failureOf(prove({ AWS_ENDPOINT_URL: await secureSts('good') }));
    expect(failure).toMatchObject({ code: 'TLS_FAILURE', exitCode: 6, message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT') as string, fix: expect.stringContaining('export AWS_CA_BUNDLE=') as string });
    expect(failure.fix).not.toMatch(/NODE_TLS_REJECT_UNAUTHORIZED|no-verify/);
  });

  test('AWS_CA_BUNDLE makes it trusted', async () => {
    const { identity } = await prove({ AWS_ENDPOINT_URL: await secureSts('good'), AWS_CA_BUNDLE: join(folder, 'good.pem') });
    expect(identity.account).toBe('123456789012');
  });

  test('a trusted certificate for another name is not trusted here', async () => {
    const failure = await failureOf(prove({ AWS_ENDPOINT_URL: await secureSts('other'), AWS_CA_BUNDLE: join(folder, 'other.pem') }));
    expect(failure).toMatchObject({ code: 'TLS_FAILURE', message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID') as string });
  });

  test('a server that speaks no TLS is no matter of credentials', async () => {
    const plain = await raw((socket) => { socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'); });
    const failure = await failureOf(prove({ AWS_ENDPOINT_URL: plain.replace('http:', 'https:') }));
    expect(failure.code).toBe('TLS_FAILURE');
  });

  test.each([
    ['is not there', '/no/such/bundle.pem', 'ENOENT'],
    ['holds no certificate', __filename, 'no certificate'],
  ])('a bundle that %s is named', async (_case, AWS_CA_BUNDLE, words) => {
    expect(await failureOf(prove({ AWS_ENDPOINT_URL: 'https://127.0.0.1:1', AWS_CA_BUNDLE }))).toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining(words) as string });
  });
});

test('a proxy\'s page with status 200 is no answer of STS, whatever it says that it is', async () => {
  const page = '<!DOCTYPE html><html><head><title>Log in</title></head><body><form>Account: 123456789012<br></form></body></html>';
  for (const type of ['text/html', 'text/xml']) {
    const origin = await raw((socket) => { socket.end(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${page.length}\r\nconnection: close\r\n\r\n${page}`); });
    expect(await failureOf(prove({ AWS_ENDPOINT_URL: origin }))).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('not judged') as string });
  }
});

test('a server that closes before it answers is the network\'s', async () => {
  const origin = await raw((socket) => { socket.end(); });
  const failure = await failureOf(prove({ AWS_ENDPOINT_URL: origin }));
  expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('broke the connection') as string });
});

test('an answer that breaks off in its middle is the network\'s', async () => {
  const origin = await raw((socket) => { socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: ${answer.length}\r\n\r\n${answer.slice(0, 100)}`); });
  const failure = await failureOf(prove({ AWS_ENDPOINT_URL: origin }));
  expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  expect(failure.message).toContain('not judged');
});

test('what is no HTTP is not AWS', async () => {
  const origin = await raw((socket) => { socket.end('220 mail.example ESMTP\r\n'); });
  const failure = await failureOf(prove({ AWS_ENDPOINT_URL: origin }));
  expect(failure).toMatchObject({ code: 'AWS_UNAVAILABLE', message: expect.stringContaining('not in HTTP') as string });
  expect(failure.fix).not.toMatch(/aws configure|export AWS_ACCESS/);
});

test.each([
  ['says nothing', () => undefined],
  ['begins its answer and stops', (socket: Socket) => { socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 900\r\n\r\n<Get'); }],
])('a server that %s is given up, as one that cannot be reached', async (_case, onData) => {
  const origin = await raw(onData);
  const aws = { AWS_ENDPOINT_URL: origin };
  const config = await clientConfig(aws, 'sts', region.value);
  const client = new STSClient({ ...config, maxAttempts: 1, requestHandler: { ...config.requestHandler, requestTimeout: 50, socketTimeout: 50 }, credentials });
  const error: unknown = await client.send(new GetCallerIdentityCommand({})).catch((reason: unknown) => reason);
  client.destroy();
  expect(translate(error, { aws, region: region.value })).toMatchObject({ code: 'NETWORK_UNREACHABLE', message: expect.stringContaining('did not answer in time') as string });
});

test.each([[600_000, 'ahead of'], [-600_000, 'behind']])('a clock that is %i ms off is told, with the side', async (aheadMs, side) => {
  // AWS refuses by the clock, and its Date header says by how much.
  const port = await listen(createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      const body = '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z</Message></Error></ErrorResponse>';
      socket.write(`HTTP/1.1 403 Forbidden\r\ndate: ${new Date(Date.now() - aheadMs).toUTCString()}\r\ncontent-type: text/xml\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    });
  }));
  const failure = await failureOf(prove({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }));
  expect(failure).toMatchObject({ code: 'CLOCK_SKEW', exitCode: 4, message: expect.stringContaining(`10 minutes ${side}`) as string });
});
