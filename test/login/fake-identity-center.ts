import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may go differently. */
export interface Behaviour {
  /** How the person answers at the page: the browser is sent back with this. */
  readonly page?: 'approve' | 'decline' | 'wrong state';
  /** What CreateToken answers a device code with before it gives a token: names of its exceptions. */
  readonly pending?: readonly string[];
  /** What RegisterClient answers with. */
  readonly refuses?: string;
  /** Seconds that a device code lasts, and between two questions. */
  readonly expiresIn?: number;
  readonly interval?: number;
}

export interface Call {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** IAM Identity Center: its OIDC API, its page to log in at, and the portal that gives a role's credentials, at one origin. */
export interface IdentityCenter {
  readonly origin: string;
  readonly startUrl: string;
  /** What was asked, in order. */
  readonly calls: readonly Call[];
  /** Every secret that it has given. */
  readonly secrets: readonly string[];
  behave(behaviour: Behaviour): void;
  /** A token of a login that something else has done. */
  issue(): string;
  close(): Promise<void>;
}

interface Registered {
  readonly secret: string;
  readonly grantTypes: readonly string[];
  readonly redirectUris: readonly string[];
}

export interface RoleKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export const roleKeys: RoleKeys = { accessKeyId: 'ASIAQYLPMN5HHSSOROLE', secretAccessKey: 'the-secret-of-the-role-of-the-portal', sessionToken: 'the-token-of-the-role-of-the-portal' };

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

const exception = (name: string): Answer => [400, { error: name, error_description: `${name} of the test` }, { 'x-amzn-errortype': name }];

/**
 * Starts it on 127.0.0.1, with `keys` for whoever has logged in. It keeps to the protocol: a code is good for the client, the redirect and the verifier that it was
 * made for, once. https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/Welcome.html
 */
export async function startIdentityCenter(keys: RoleKeys = roleKeys): Promise<IdentityCenter> {
  const calls: Call[] = [];
  const secrets: string[] = [];
  const clients = new Map<string, Registered>();
  const codes = new Map<string, { readonly client: string; readonly redirect: string; readonly challenge: string }>();
  const devices = new Map<string, string>();
  const tokens = new Set<string>();
  let behaviour: Behaviour = {};
  let pending: string[] = [];
  const secret = (what: string): string => {
    const made = `${what}-${randomUUID()}`;
    secrets.push(made);
    return made;
  };

  const issue = (): string => {
    const token = secret('access-token');
    tokens.add(token);
    return token;
  };

  const register = (body: Call['body']): Answer => {
    if (behaviour.refuses !== undefined) return exception(behaviour.refuses);
    if (body['clientType'] !== 'public' || typeof body['clientName'] !== 'string') return exception('InvalidClientMetadataException');
    const clientId = `client-${randomUUID()}`;
    const client: Registered = { secret: secret('client-secret'), grantTypes: (body['grantTypes'] ?? []) as string[], redirectUris: (body['redirectUris'] ?? []) as string[] };
    clients.set(clientId, client);
    return [200, { clientId, clientSecret: client.secret, clientIdIssuedAt: 1, clientSecretExpiresAt: Math.floor(Date.now() / 1000) + 90 * 86_400 }];
  };

  const authorize = (query: URLSearchParams): Answer => {
    const [client = '', redirect = '', state = ''] = ['client_id', 'redirect_uri', 'state'].map((name) => query.get(name) ?? '');
    const known = clients.get(client);
    const registered = known?.redirectUris.includes(redirect.replace(/:\d+(?=\/)/, '')) ?? false;
    if (!registered || query.get('response_type') !== 'code' || query.get('code_challenge_method') !== 'S256' || query.get('scopes') === null) return [400, 'a bad request'];
    const back = new URL(redirect);
    if (behaviour.page === 'decline') back.search = new URLSearchParams({ error: 'access_denied', state }).toString();
    else {
      const code = secret('code');
      codes.set(code, { client, redirect, challenge: query.get('code_challenge') ?? '' });
      back.search = new URLSearchParams({ code, state: behaviour.page === 'wrong state' ? 'another-state' : state }).toString();
    }
    return [302, '', { location: back.href }];
  };

  const startDevice = (body: Call['body']): Answer => {
    const client = String(body['clientId']);
    if (clients.get(client)?.secret !== body['clientSecret']) return exception('InvalidClientException');
    const deviceCode = secret('device-code');
    devices.set(deviceCode, client);
    pending = [...(behaviour.pending ?? [])];
    return [200, { deviceCode, userCode: 'ABCD-EFGH', verificationUri: `${origin()}/device`, verificationUriComplete: `${origin()}/device?user_code=ABCD-EFGH`, expiresIn: behaviour.expiresIn ?? 600, interval: behaviour.interval ?? 0 }];
  };

  const byCode = (body: Call['body'], client: string): boolean => {
    const code = codes.get(String(body['code']));
    codes.delete(String(body['code']));
    const challenge = createHash('sha256').update(String(body['codeVerifier'])).digest('base64url');
    return code !== undefined && code.client === client && code.redirect === body['redirectUri'] && code.challenge === challenge;
  };

  const createToken = (body: Call['body']): Answer => {
    const client = clients.get(String(body['clientId']));
    if (client === undefined || client.secret !== body['clientSecret']) return exception('InvalidClientException');
    if (body['grantType'] === 'authorization_code') {
      if (!byCode(body, String(body['clientId']))) return exception('InvalidGrantException');
    } else {
      if (devices.get(String(body['deviceCode'])) !== body['clientId']) return exception('InvalidGrantException');
      const next = pending.shift();
      if (next !== undefined) return exception(next);
    }
    const accessToken = issue();
    const renews = client.grantTypes.length === 0 || client.grantTypes.includes('refresh_token');
    return [200, { accessToken, tokenType: 'Bearer', expiresIn: 28_800, ...(renews ? { refreshToken: secret('refresh-token') } : {}) }];
  };

  const roleCredentials = (request: IncomingMessage): Answer => {
    if (!tokens.has(String(request.headers['x-amz-sso_bearer_token']))) return [401, { message: 'Session token not found or invalid' }, { 'x-amzn-errortype': 'UnauthorizedException' }];
    return [200, { roleCredentials: { ...keys, expiration: Date.now() + 3_600_000 } }];
  };

  const answerTo = (request: IncomingMessage, url: URL, body: Call['body']): Answer => {
    const route = `${request.method ?? ''} ${url.pathname}`;
    if (route === 'POST /client/register') return register(body);
    if (route === 'GET /authorize') return authorize(url.searchParams);
    if (route === 'POST /device_authorization') return startDevice(body);
    if (route === 'POST /token') return createToken(body);
    if (route === 'GET /federation/credentials') return roleCredentials(request);
    return [404, {}];
  };

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      const url = new URL(request.url ?? '/', origin());
      const body = text === '' ? {} : JSON.parse(text) as Call['body'];
      calls.push({ path: url.pathname, body });
      send(response, answerTo(request, url, body));
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: origin(),
    startUrl: 'https://acme.awsapps.com/start',
    calls,
    secrets,
    behave: (as) => { behaviour = as; },
    issue,
    close: () => new Promise((closed) => {
      server.close(() => { closed(); });
      server.closeAllConnections();
    }),
  };
}

function send(response: ServerResponse, [status, body, headers = {}]: Answer): void {
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
}
