import { AwsError, constraintBroken } from '../aws-error';
import { namedBy } from '../physical-name';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { removeEvents } from './log-file';

/** A log group. Its events are in a file of their own. */
export interface LogGroup {
  readonly name: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly created: number;
  retentionInDays: number | null;
  /** Told, and without effect: events are not encrypted. */
  kmsKeyId?: string;
}

/** The name of a log group that a stack makes. */
export const logGroupName = namedBy('LogGroupName', 512);

/** By `REGION/NAME`. */
export function logGroups(local: LocalAws): Table<LogGroup> {
  return local.store.table<LogGroup>('log-groups');
}

/** Null where there is none of that name in the region. */
export function findLogGroup(local: LocalAws, region: string, name: string): LogGroup | null {
  return logGroups(local).get(`${region}/${name}`) ?? null;
}

/** @throws AwsError ResourceNotFoundException */
export function getLogGroup(local: LocalAws, region: string, name: string): LogGroup {
  const group = findLogGroup(local, region, name);
  if (group === null) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

/** Without the `:*` that policies and GetAtt have at its end. */
export function logGroupArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:logs:${region}:${local.account}:log-group:${name}`;
}

/** @throws AwsError ResourceAlreadyExistsException, InvalidParameterException */
export function createLogGroup(local: LocalAws, region: string, name: string): LogGroup {
  if (name.length > 512) throw new AwsError('InvalidParameterException', 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.');
  if (!/^[\w.\-/#]+$/.test(name)) throw new AwsError('InvalidParameterException', constraintBroken('logGroupName', name, 'satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+'));
  if (findLogGroup(local, region, name) !== null) throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  const group: LogGroup = { name, region, created: Date.now(), retentionInDays: null };
  logGroups(local).set(`${region}/${name}`, group);
  return group;
}

/** Deletes the group and its events. Nothing happens where it is gone. */
export function deleteLogGroup(local: LocalAws, region: string, name: string): void {
  logGroups(local).delete(`${region}/${name}`);
  removeEvents(local, region, name);
}
