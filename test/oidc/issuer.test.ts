import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import tls from 'node:tls';
import { githubClaims, gitlabClaims } from './claims';
import { discoveryPath, startIssuer, type Issuer } from './issuer';

// That the fake is a fair one: other tests stand on it.

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer[Symbol.asyncDispose]());

const part = (token: string, index: number): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;

async function json(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url, { headers: { connection: 'close', ...headers } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function isSigned(token: string): Promise<boolean> {
  const { body: discovery } = await json(`${issuer.url}${discoveryPath}`);
  const { keys } = (await json(discovery['jwks_uri'] as string)).body as { keys: JsonWebKey[] };
  const key = keys.find(({ kid }) => kid === part(token, 0)['kid']);
  const [header = '', claims = '', signature = ''] = token.split('.');
  return verify('sha256', Buffer.from(`${header}.${claims}`), { key: createPublicKey({ key: key ?? {}, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}

test.each(['RS256', 'ES256'] as const)('its %s tokens are signed by a key that it publishes, and those of a stranger are not', async (algorithm) => {
  expect(await isSigned(issuer.token(githubClaims(), {}, { algorithm }))).toBe(true);
  expect(await isSigned(issuer.token(githubClaims(), {}, { algorithm, stranger: true }))).toBe(false);
});

test('what it answers instead ends again', async () => {
  const end = issuer.answer(discoveryPath, 503, {});
  expect((await json(`${issuer.url}${discoveryPath}`)).status).toBe(503);
  end();
  expect((await json(`${issuer.url}${discoveryPath}`)).status).toBe(200);
});

test('a GitHub job gets a token for the audience that it asks for', async () => {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = issuer.githubJob(githubClaims({ immutableSub: true }));
  const { status, body } = await json(`${url}&audience=sts.amazonaws.com`, { authorization: `Bearer ${bearer}` });
  expect(status).toBe(200);
  expect(part(String(body['value']), 1)).toMatchObject({ iss: issuer.url, aud: 'sts.amazonaws.com', sub: 'repo:octo@1234/notes@567890:environment:production', repository_id: '567890' });
  expect(part(String((await json(url, { authorization: `Bearer ${bearer}` })).body['value']), 1)).toMatchObject({ aud: 'https://github.com/octo' });
  expect((await json(url)).status).toBe(401);
});

test('under the name of a real one it answers this process by TLS, until it ends', async () => {
  const named = await startIssuer('https://token.actions.githubusercontent.com');
  try {
    expect(named.name).toBe('token.actions.githubusercontent.com');
    expect((await json(`${named.url}${discoveryPath}`)).body).toMatchObject({ issuer: named.url, jwks_uri: `${named.url}/.well-known/jwks` });
    expect(part(named.token(githubClaims()), 1)).toMatchObject({ iss: named.url });
    expect(named.githubJob(githubClaims()).ACTIONS_ID_TOKEN_REQUEST_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/token/);
  } finally {
    const { connect } = tls;
    await named[Symbol.asyncDispose]();
    expect(tls.connect).not.toBe(connect);
  }
});

test('claims are as GitHub and GitLab document them', () => {
  expect(githubClaims()['sub']).toBe('repo:octo/notes:environment:production');
  expect(githubClaims({ environment: null, event: 'pull_request' })['sub']).toBe('repo:octo/notes:pull_request');
  expect(githubClaims({ environment: null })['sub']).toBe('repo:octo/notes:ref:refs/heads/main');
  expect(gitlabClaims({ project: 'octo/sub/notes' })).toMatchObject({ sub: 'project_path:octo/sub/notes:ref_type:branch:ref:main', namespace_path: 'octo/sub' });
});
