import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, type Front } from '../../scripts/local-aws/front';
import { listen, type ListeningServer } from '../../scripts/local-aws/server';
import type { LocalAws } from '../../scripts/local-aws/service';
import { openServices } from '../../scripts/local-aws/services';
import { openStore } from '../../scripts/local-aws/store';
import { accountOfKeyId, temporaryKeyId } from '../../scripts/local-aws/sts/key-ids';
import type { Session } from '../../scripts/local-aws/sts/sessions';
import { refusal, session as sessionAnswer, type SeenRequest } from '../identity/fake-sts';

/** Long-term keys of an IAM user who may do everything in the account. */
export interface UserKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Local AWSs of several accounts behind one endpoint, with what they have not got themselves: a user in each, and STS's GetSessionToken. */
export interface Accounts {
  readonly origin: string;
  /** By account. */
  readonly users: Readonly<Record<string, UserKeys>>;
  /** Who signed each request, and what was asked: `sts AssumeRole`, `ssm GetParameter`, `s3 PUT`. */
  readonly requests: readonly { readonly accessKeyId: string | null; readonly call: string }[];
  close(): Promise<void>;
}

/** Of every user's MFA device, always. */
export const mfaCode = '123456';

interface Account {
  readonly local: LocalAws;
  readonly server: ListeningServer;
  readonly services: Front['services'];
}

/** Starts them, empty. */
export async function startAccounts(...ids: readonly string[]): Promise<Accounts> {
  const folder = mkdtempSync(join(tmpdir(), 'takeoff-accounts-'));
  const requests: { accessKeyId: string | null; call: string }[] = [];
  const accounts = new Map<string, Account>();
  const users: Record<string, UserKeys> = {};
  const outer = createServer((incoming, response) => { void serve(incoming, response); });
  await new Promise<void>((listening) => { outer.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;
  for (const id of ids) accounts.set(id, await startAccount(id, join(folder, id), origin));
  for (const id of ids) users[id] = makeUser(id, accounts);

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const parameters = new URLSearchParams(/urlencoded/.test(incoming.headers['content-type'] ?? '') ? body.toString() : '');
    const [, accessKeyId = null, service = ''] = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(incoming.headers.authorization ?? '') ?? [];
    const action = parameters.get('Action');
    requests.push({ accessKeyId, call: `${service} ${action ?? /[^.]+$/.exec(String(incoming.headers['x-amz-target'] ?? ''))?.[0] ?? incoming.method}` });
    const request = { action, parameters, accessKeyId, host: '', signedAt: 0 };
    const own = accounts.get(accountOfKeyId(accessKeyId ?? '') ?? '');
    if (own === undefined) return refusal('InvalidClientTokenId', 'The security token included in the request is invalid.')(request, response);
    if (action === 'GetSessionToken') return getSessionToken([...accounts.values()], own.local.account, request, response);
    // Of a role the account decides in which it is.
    const target = accounts.get(parameters.get('RoleArn')?.split(':')[4] ?? '') ?? own;
    forward(incoming, body, target.server.port, response);
  }

  return {
    origin,
    users,
    requests,
    async close() {
      outer.closeAllConnections();
      await new Promise<void>((closed) => { outer.close(() => { closed(); }); });
      for (const { server, services } of accounts.values()) {
        await server.close();
        await services.close();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startAccount(id: string, folder: string, origin: string): Promise<Account> {
  const local: LocalAws = { account: id, store: openStore(folder), origin: () => origin, log: () => undefined };
  const services = openServices(local);
  const server = await listen(0, (message, reply) => answer({ local, services, answerHealth: () => '' }, message, reply));
  return { local, server, services };
}

/** Whom every account knows, for it is theirs to let foreigners assume their roles. */
function makeUser(id: string, accounts: ReadonlyMap<string, Account>): UserKeys {
  const accessKeyId = temporaryKeyId(id).replace('ASIA', 'AKIA');
  const user = sessionOfUser(id, accessKeyId, '');
  for (const account of accounts.values()) keep(account, user);
  return { accessKeyId, secretAccessKey: user.secretAccessKey };
}

function keep({ local }: Account, session: Session): void {
  local.store.table<Session>('sessions').set(session.accessKeyId, session);
}

/** @param sessionToken empty for the user's own keys */
function sessionOfUser(account: string, accessKeyId: string, sessionToken: string): Session {
  return {
    accessKeyId, sessionToken, secretAccessKey: randomBytes(30).toString('base64'),
    issued: new Date().toISOString(), expiration: new Date(Date.now() + 3_600_000).toISOString(),
    caller: { account, arn: `arn:aws:iam::${account}:user/dev`, userId: 'AIDAQYLPMN5HHHFPZAM2A', accessKeyId },
    roleArn: null, policy: null, policyArns: [], tags: {}, transitiveTagKeys: [], sourceIdentity: null,
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
function getSessionToken(accounts: readonly Account[], id: string, request: SeenRequest, response: ServerResponse): void {
  if (request.accessKeyId?.startsWith('AKIA') !== true) return refusal('AccessDenied', 'Cannot call GetSessionToken with session credentials')(request, response);
  if (request.parameters.has('SerialNumber') && request.parameters.get('TokenCode') !== mfaCode) return refusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.')(request, response);
  const given = sessionOfUser(id, temporaryKeyId(id), randomBytes(96).toString('base64'));
  for (const account of accounts) keep(account, given);
  sessionAnswer(given, new Date(given.expiration))(request, response);
}

/** As it came: the signature is over the host too. */
function forward({ method, url, headers }: IncomingMessage, body: Buffer, port: number, response: ServerResponse): void {
  const inner = httpRequest({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  inner.once('error', () => { response.destroy(); }).end(body);
}
