import { randomBytes } from 'node:crypto';
import type { Credentials } from '../../credentials/source';
import { registerCredentials } from '../../secrets/registry';
import { AwsError } from '../aws-error';
import { findRoleByArn, noSuchRole } from '../iam/roles';
import type { JsonObject } from '../resource';
import type { Caller, LocalAws } from '../service';
import type { Table } from '../store';
import { temporaryKeyId } from './key-ids';

/** Temporary credentials, and who they are. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ISO 8601. */
  readonly issued: string;
  /** ISO 8601. */
  readonly expiration: string;
  readonly caller: Caller;
  /** Null for this machine's developer, who may do everything. */
  readonly roleArn: string | null;
  /** The session policy that AssumeRole was given. */
  readonly policy: JsonObject | null;
  /** The managed policies that AssumeRole was given as session policies. */
  readonly policyArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Those of {@link tags} that a session assumed from this one inherits. */
  readonly transitiveTagKeys: readonly string[];
  /** `aws:SourceIdentity`, which chained sessions inherit too. */
  readonly sourceIdentity: string | null;
  /** `aws:FederatedProvider`: the ARN of the OIDC provider whose token the session was given for. */
  readonly federatedProvider?: string | undefined;
}

/** Who a session is, without what it signs with. */
export type SessionIdentity = Omit<Session, 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'expiration'>;

/** What a role's session can have beyond its role. */
export type SessionExtras = Partial<Pick<Session, 'policy' | 'policyArns' | 'tags' | 'transitiveTagKeys' | 'sourceIdentity' | 'federatedProvider'>>;

/** For so long an expired session is told from a key that never was: milliseconds. */
const remembered = 24 * 60 * 60 * 1000;

/**
 * The session with that key id, expired ones of the last day included: the front judges.
 * Null as well where its role was deleted since, for IAM then knows the key no more.
 */
export function findSession(local: LocalAws, accessKeyId: string): Session | null {
  const session = sessions(local).get(accessKeyId);
  if (session === undefined) return null;
  return session.roleArn === null || isRoleOf(local, session) ? session : null;
}

/** As {@link findSession}. @throws AwsError InvalidClientTokenId where there is none */
export function getSession(local: LocalAws, accessKeyId: string): Session {
  const session = findSession(local, accessKeyId);
  if (session === null) throw invalidKey();
  return session;
}

/** What every service says of a key that IAM does not know, or knows no more. */
export function invalidKey(): AwsError {
  return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
}

/** Whether the role of `session` still exists. One made anew under its name is another role. */
export function isRoleOf(local: LocalAws, session: SessionIdentity): boolean {
  const role = session.roleArn === null ? null : findRoleByArn(local, session.roleArn);
  return role !== null && session.caller.userId.startsWith(`${role.id}:`);
}

/**
 * Makes a session of a role. Whether the role may be assumed is asked elsewhere: see `iam/trust.ts`.
 *
 * @param seconds until it expires
 * @throws AwsError NoSuchEntity where there is no such role
 */
export function createRoleSession(local: LocalAws, roleArn: string, sessionName: string, seconds: number, extras: SessionExtras = {}): Session {
  const role = findRoleByArn(local, roleArn);
  if (role === null) throw noSuchRole(roleArn.split('/').at(-1) ?? roleArn);
  const keys = newKeys(local);
  const arn = `arn:aws:sts::${local.account}:assumed-role/${role.name}/${sessionName}`;
  const session: Session = {
    ...keys,
    issued: new Date().toISOString(),
    expiration: new Date(Date.now() + seconds * 1000).toISOString(),
    caller: { account: local.account, arn, userId: `${role.id}:${sessionName}`, accessKeyId: keys.accessKeyId },
    roleArn: role.arn,
    policy: extras.policy ?? null,
    policyArns: extras.policyArns ?? [],
    tags: extras.tags ?? {},
    transitiveTagKeys: extras.transitiveTagKeys ?? [],
    sourceIdentity: extras.sourceIdentity ?? null,
    federatedProvider: extras.federatedProvider,
  };
  keep(local, session);
  return session;
}

/** Credentials of a new session, which know their account and nothing else. */
export function newKeys({ account }: Pick<LocalAws, 'account'>): Pick<Session, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> {
  // Thirty bytes are forty characters of base64, without padding.
  return { accessKeyId: temporaryKeyId(account), secretAccessKey: randomBytes(30).toString('base64'), sessionToken: randomBytes(96).toString('base64') };
}

/** Keeps the session of this machine's developer, who may do everything. Those before it end. */
export function developerSession(local: LocalAws, { expiration, ...keys }: Required<Credentials>, name: string): void {
  const { accessKeyId } = keys;
  for (const [id, { roleArn }] of sessions(local)) if (roleArn === null) sessions(local).delete(id);
  keep(local, {
    ...keys,
    issued: new Date().toISOString(),
    expiration: expiration.toISOString(),
    caller: {
      account: local.account,
      arn: `arn:aws:sts::${local.account}:assumed-role/LocalDeveloper/${name}`,
      userId: `AROA${accessKeyId.slice(4)}A:${name}`,
      accessKeyId,
    },
    roleArn: null,
    policy: null,
    policyArns: [],
    tags: {},
    transitiveTagKeys: [],
    sourceIdentity: null,
  });
}

function keep(local: LocalAws, session: Session): void {
  registerCredentials(session);
  const table = sessions(local);
  const oldest = Date.now() - remembered;
  for (const [id, { expiration }] of table) if (Date.parse(expiration) < oldest) table.delete(id);
  table.set(session.accessKeyId, session);
}

function sessions(local: LocalAws): Table<Session> {
  return local.store.table<Session>('sessions');
}
