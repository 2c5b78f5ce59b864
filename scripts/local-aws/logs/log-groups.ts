import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';

export interface LogGroupRecord {
  readonly name: string;
  /** Days; null for ever. */
  retention: number | null;
  /** Milliseconds since 1970. */
  readonly created: number;
}

export interface LogStreamRecord {
  readonly group: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** By `region/group`. */
export function logGroups(local: LocalAws): Table<LogGroupRecord> {
  return local.store.table<LogGroupRecord>('log-groups');
}

/** By `region/group:stream`: a group's name has no colon. */
export function logStreams(local: LocalAws): Table<LogStreamRecord> {
  return local.store.table<LogStreamRecord>('log-streams');
}

/** @throws AwsError ResourceNotFoundException */
export function getLogGroup(local: LocalAws, region: string, name: string): LogGroupRecord {
  const group = logGroups(local).get(`${region}/${name}`);
  if (group === undefined) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** @throws AwsError ResourceAlreadyExistsException, InvalidParameterException */
export function createLogGroup(local: LocalAws, region: string, name: string): LogGroupRecord {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) {
    throw new AwsError('InvalidParameterException', `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`);
  }
  if (logGroups(local).has(`${region}/${name}`)) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  const group: LogGroupRecord = { name, retention: null, created: Date.now() };
  logGroups(local).set(`${region}/${name}`, group);
  return group;
}

/** The streams of a group, by name. */
export function streamsOf(local: LocalAws, region: string, group: string): LogStreamRecord[] {
  return [...logStreams(local)].filter(([key]) => key.startsWith(`${region}/${group}:`)).map(([, stream]) => stream).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function logGroupArn(local: LocalAws, region: string, group: string): string {
  return `arn:aws:logs:${region}:${local.account}:log-group:${group}`;
}

/** The file of a stream's events, a JSON line each. */
export function streamFile(local: LocalAws, region: string, group: string, stream: string): string {
  return join(local.store.folder, 'logs', `${createHash('sha256').update(`${region}/${group}:${stream}`).digest('hex')}.jsonl`);
}
