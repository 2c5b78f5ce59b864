import { request, type IncomingHttpHeaders } from 'node:http';
import { serveCredentials, type CredentialEndpoint } from '../../scripts/cdk/credential-endpoint';
import type { Credentials, Provider } from '../../scripts/credentials/source';
import { forgetSecrets } from '../../scripts/secrets/registry';
import { redact } from '../../scripts/secrets/redact';

const session: Credentials = { accessKeyId: 'ASIATESTTESTTESTTEST', secretAccessKey: 'a secret for the tests only', sessionToken: 'a token for the tests only', expiration: new Date('2026-11-24T12:00:00Z') };

let open: CredentialEndpoint[] = [];

async function serve(provider: Provider): Promise<CredentialEndpoint> {
  const endpoint = await serveCredentials(provider);
  open.push(endpoint);
  return endpoint;
}

afterEach(async () => {
  await Promise.all(open.map((endpoint) => endpoint.close()));
  open = [];
  forgetSecrets();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(uri: string, method: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((done, failed) => {
    const sent = request(uri, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => { body += chunk; });
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', failed).end();
  });
}

describe('the credential endpoint', () => {
  test('gives a session with its expiration to who has the token', async () => {
    const { uri, token } = await serve(() => Promise.resolve(session));
    const answer = await ask(uri, 'GET', { authorization: token });
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(answer.body)).toEqual({
      AccessKeyId: session.accessKeyId, SecretAccessKey: session.secretAccessKey, Token: session.sessionToken, Expiration: '2026-11-24T12:00:00.000Z',
    });
  });

  test('gives long-term keys an empty token and a far expiration, which the SDK needs as texts', async () => {
    const { uri, token } = await serve(() => Promise.resolve({ accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'a secret for the tests only' }));
    const answer = JSON.parse((await ask(uri, 'GET', { authorization: token })).body) as Readonly<Record<string, string>>;
    expect(answer).toMatchObject({ Token: '' });
    expect(Date.parse(answer['Expiration'] ?? '')).toBeGreaterThan(Date.parse('2100-01-01'));
  });

  test('asks the provider each time, so that a session is renewed, and registers what it gets', async () => {
    let count = 0;
    const { uri, token } = await serve(() => Promise.resolve({ ...session, secretAccessKey: `renewed secret number ${++count}` }));
    await ask(uri, 'GET', { authorization: token });
    const second = JSON.parse((await ask(uri, 'GET', { authorization: token })).body) as object;
    expect(second).toMatchObject({ SecretAccessKey: 'renewed secret number 2' });
    expect(redact('renewed secret number 1, renewed secret number 2')).toBe('[redacted], [redacted]');
  });

  test('keeps why the provider failed to itself', async () => {
    const endpoint = await serve(() => Promise.reject(new Error('the session of profile dev ended')));
    const answer = await ask(endpoint.uri, 'GET', { authorization: endpoint.token });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('dev');
  });

  test('has 256 bits of token, fresh each time, on 127.0.0.1, and is gone when closed', async () => {
    const [a, b] = [await serve(() => Promise.resolve(session)), await serve(() => Promise.resolve(session))];
    expect(Buffer.from(a.token, 'base64url')).toHaveLength(32);
    expect(a.token).not.toBe(b.token);
    expect(new URL(a.uri).hostname).toBe('127.0.0.1');
    expect(redact(a.token)).toBe('[redacted]');
    await a.close();
    await expect(ask(a.uri, 'GET', { authorization: a.token })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test.each([
    ['no token', 'GET', '', (): Record<string, string> => ({}), 401],
    ['a wrong token', 'GET', '', (token: string) => ({ authorization: `${token}x` }), 401],
    ['a bearer of the token', 'GET', '', (token: string) => ({ authorization: `Bearer ${token}` }), 401],
    ['another path', 'GET', '/more', (token: string) => ({ authorization: token }), 404],
    ['a query', 'GET', '?x=1', (token: string) => ({ authorization: token }), 404],
    ['another method', 'POST', '', (token: string) => ({ authorization: token }), 405],
    ['HEAD', 'HEAD', '', (token: string) => ({ authorization: token }), 405],
    ['another method without a token', 'PUT', '', () => ({}), 401],
    ['headers too long', 'GET', '', (token: string) => ({ authorization: token, 'x-long': 'x'.repeat(10_000) }), 431],
  ])('refuses %s', async (_, method, more, headers, status) => {
    const { uri, token } = await serve(() => Promise.resolve(session));
    const answer = await ask(`${uri}${more}`, method, headers(token));
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain(session.secretAccessKey);
  });
});
