import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../identity/certificate';
import type { Claims } from './claims';
import { leadToLoopback } from './leads-to-loopback';
import { makeSigningKey, signToken, type Algorithm, type SigningKey } from './signing-keys';

/**
 * An issuer of OpenID Connect tokens on 127.0.0.1, with keys of its own: a real one in all but its name.
 *
 *     await using issuer = await startIssuer();
 *     const token = issuer.token(githubClaims({ environment: 'production' }), { aud: 'sts.amazonaws.com' });
 *     const job = issuer.githubJob(githubClaims());   // environment variables of a job that may ask for tokens
 *
 * In the account it is an AWS::IAM::OIDCProvider with `Url: issuer.url`; its ARN ends with, and the condition keys of
 * role trust policies begin with, `issuer.name`: `127.0.0.1:PORT:sub`. Under the name of a real one
 * (`startIssuer('https://gitlab.com')`) it is that one to this process, which reaches it by TLS.
 */
export interface Issuer extends AsyncDisposable {
  /** The claim `iss`: `http://127.0.0.1:PORT`, or as it was told. */
  readonly url: string;
  /** `url` without its protocol. */
  readonly name: string;
  /** The paths that were asked for, in order. */
  readonly requests: readonly string[];
  /**
   * A signed token. `iss`, `jti`, `iat`, `nbf` and `exp` (five minutes from now) are added.
   *
   * @param more claims that replace, and with undefined take away, those of `claims` or those added
   */
  token(claims: Claims, more?: Claims, signing?: Signing): string;
  /**
   * The variables of a GitHub job with `id-token: write`: with them, `GET $ACTIONS_ID_TOKEN_REQUEST_URL&audience=…` and
   * `Authorization: Bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN` answer `{ value }`, as GitHub's own endpoint does.
   * Each request gets a new token of these claims, with the audience asked for.
   */
  githubJob(claims: Claims, more?: Claims): Readonly<Record<'ACTIONS_ID_TOKEN_REQUEST_URL' | 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', string>>;
  /**
   * From now on answers `path` so: a discovery document that lies, keys that are gone.
   *
   * @returns ends that
   */
  answer(path: string, status: number, body: unknown): () => void;
  /** From now on publishes and signs with new keys. */
  rotateKeys(): void;
}

export interface Signing {
  readonly algorithm?: Algorithm;
  /** Whether by a key that the issuer does not publish, under the id of one that it does. */
  readonly stranger?: boolean;
  /** Members of the token's header to add or to replace; undefined takes one away. */
  readonly header?: Claims;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export const discoveryPath = '/.well-known/openid-configuration';
export const keysPath = '/.well-known/jwks';
const tokenPath = '/token';
const algorithms: readonly Algorithm[] = ['RS256', 'ES256'];

/** @param named the https:// URL of an issuer to stand in for; without, it has a name of its own */
export async function startIssuer(named?: string): Promise<Issuer> {
  const requests: string[] = [];
  const instead = new Map<string, Answer>();
  const jobs = new Map<string, (audience: string | null) => string>();
  let keys = makeKeys();
  const answerRequest: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    requests.push(pathname);
    const { status, body } = instead.get(pathname) ?? published(url, keys, pathname) ?? tokenAnswer(jobs, request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = createServer(answerRequest);
  const origin = `http://127.0.0.1:${await listen(server)}`;
  const url = named ?? origin;
  const endName = named === undefined ? null : await serveAs(new URL(named).hostname, answerRequest);
  const token: Issuer['token'] = (claims, more = {}, { algorithm = 'RS256', stranger = false, header = {} } = {}) => {
    const own = keys.find((key) => key.algorithm === algorithm) ?? makeSigningKey(algorithm, 'unpublished');
    return signToken(stranger ? makeSigningKey(algorithm, own.kid) : own, { ...times(url), ...claims, ...more }, header);
  };
  return {
    url,
    name: url.replace(/^https?:\/\//, ''),
    requests,
    token,
    githubJob(claims, more = {}) {
      const bearer = randomBytes(24).toString('base64url');
      jobs.set(bearer, (audience) => token(claims, { ...(audience === null ? {} : { aud: audience }), ...more }));
      return { ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}${tokenPath}?api-version=2.0`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer };
    },
    answer(path, status, body) {
      instead.set(path, { status, body });
      return () => void instead.delete(path);
    },
    rotateKeys() {
      keys = makeKeys();
    },
    async [Symbol.asyncDispose]() {
      await endName?.();
      await stop(server);
    },
  };
}

/** @returns the port */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });
}

/** Answers for `host` by TLS, to this process. @returns ends that */
async function serveAs(host: string, answerRequest: RequestListener): Promise<() => Promise<void>> {
  const certificate = makeCertificate([`DNS:${host}`]);
  const server = createSecureServer({ cert: certificate.cert, key: certificate.key }, answerRequest);
  const end = leadToLoopback(host, await listen(server), certificate.cert);
  certificate.remove();
  return async () => {
    end();
    await stop(server);
  };
}

/** GitHub's tokens live five minutes. */
function times(url: string): Claims {
  const now = Math.floor(Date.now() / 1000);
  return { iss: url, jti: randomUUID(), iat: now, nbf: now - 600, exp: now + 300 };
}

function makeKeys(): SigningKey[] {
  return algorithms.map((algorithm) => makeSigningKey(algorithm, randomUUID()));
}

function published(url: string, keys: readonly SigningKey[], path: string): Answer | null {
  if (path === keysPath) return { status: 200, body: { keys: keys.map(({ jwk }) => jwk) } };
  if (path !== discoveryPath) return null;
  return {
    status: 200,
    body: { issuer: url, jwks_uri: `${url}${keysPath}`, subject_types_supported: ['public'], response_types_supported: ['id_token'], id_token_signing_alg_values_supported: algorithms, scopes_supported: ['openid'] },
  };
}

/** What GitHub's token endpoint says to a job. */
function tokenAnswer(jobs: ReadonlyMap<string, (audience: string | null) => string>, request: IncomingMessage): Answer {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname !== tokenPath) return { status: 404, body: { message: 'Not Found' } };
  const value = jobs.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')?.(searchParams.get('audience'));
  return value === undefined ? { status: 401, body: { message: 'Unauthorized' } } : { status: 200, body: { count: value.length, value } };
}
