import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, jsonObjectIn, type JsonObject } from '../../configuration/json-object';
import { dateIn } from '../date-in';
import type { Profile } from '../profiles/profile';
import { readTextFile } from '../read-text-file';
import { sessionOf } from '../session-fields';
import type { Credentials } from '../source';

/** Milliseconds that a session must have left to be used again. The AWS CLI's own measure. */
const window = 15 * 60_000;

type RoleProfile = Pick<Profile, 'properties'>;

/**
 * The file in which the AWS CLI keeps the session of a profile's role: the SHA-1 of what the profile says of the call, as
 * Python writes it. A session of an endpoint of one's own gets another name, so that it never meets the CLI's.
 */
export function cliSessionName({ properties }: RoleProfile, endpoint: string | null): string {
  const duration = Number.parseInt(properties.get('duration_seconds') ?? '', 10);
  const said: readonly (readonly [string, string | number | undefined])[] = [
    ['DurationSeconds', Number.isNaN(duration) ? undefined : duration],
    ['EndpointUrl', endpoint ?? undefined],
    ['ExternalId', properties.get('external_id')],
    ['RoleArn', properties.get('role_arn')],
    ['RoleSessionName', properties.get('role_session_name')],
    ['SerialNumber', properties.get('mfa_serial')],
  ];
  const text = said.flatMap(([name, value]) => (value === undefined ? [] : [`"${name}": ${pythonJson(value)}`])).join(', ');
  return `${createHash('sha1').update(`{${text}}`).digest('hex')}.json`;
}

function pythonJson(value: string | number): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, '0'));
}

function folder(home: string): string {
  return join(home, '.aws', 'cli', 'cache');
}

/** The session that the AWS CLI, or an earlier run, keeps for a profile's role; `null` where there is none that lasts. */
export function readCliSession(home: string, profile: RoleProfile, endpoint: string | null): Credentials | null {
  const file = readTextFile(join(folder(home), cliSessionName(profile, endpoint)));
  if (file.kind !== 'text') return null;
  const session = sessionOf(keptIn(file.text), 'SessionToken');
  return session !== null && lasts(session.expiration) ? session : null;
}

/** When that session ends, without a look at its keys; `null` where it would not be used. */
export function cliSessionEnd(home: string, profile: RoleProfile, endpoint: string | null, now: number): Date | null {
  const file = readTextFile(join(folder(home), cliSessionName(profile, endpoint)));
  const end = dateIn(file.kind === 'text' ? keptIn(file.text)['Expiration'] : undefined);
  return lasts(end, now) ? end : null;
}

function lasts(end: Date | null, now = Date.now()): end is Date {
  return end !== null && end.getTime() - now > window;
}

function keptIn(text: string): JsonObject {
  const { Credentials: credentials } = jsonObjectIn(text);
  return isJsonObject(credentials) ? credentials : {};
}

/** Keeps a session where the AWS CLI looks, readable by its owner only. Where it cannot be kept it is merely asked for again. */
export function keepCliSession(home: string, profile: RoleProfile, endpoint: string | null, session: Credentials): void {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration } = session;
  const text = JSON.stringify({ Credentials: { AccessKeyId, SecretAccessKey, SessionToken, Expiration: expiration?.toISOString() } });
  const path = join(folder(home), cliSessionName(profile, endpoint));
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(folder(home), { recursive: true, mode: 0o700 });
    removeLeftBehind(folder(home));
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** Milliseconds that no write takes: what is older was left by a run that was killed in it. */
const longestWrite = 60_000;

/** Removes the sessions of ours that never came to their name. */
function removeLeftBehind(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!/^[0-9a-f]{40}\.json\.[0-9a-f]{12}$/.test(name)) continue;
    const path = join(directory, name);
    const stats = statSync(path, { throwIfNoEntry: false }); // another run may have been faster
    if (stats !== undefined && Date.now() - stats.mtimeMs > longestWrite) rmSync(path, { force: true });
  }
}
