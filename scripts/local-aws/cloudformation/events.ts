import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appendJsonLines, readJsonLines } from '../json-lines';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import type { ResourceRecord, StackRecord } from './records';

/** One line of a stack's history. */
export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly properties: JsonObject | null;
}

/** Oldest first. */
export function stackEvents(local: LocalAws, stackId: string): readonly StackEvent[] {
  return readJsonLines<StackEvent>(pathOf(local, stackId));
}

/** Forgets the history of a stack. */
export function removeEvents(local: LocalAws, stackId: string): void {
  rmSync(pathOf(local, stackId), { force: true });
}

/** A file for each stack, to which lines are added: in the state, which is written whole, most of it would be history. */
function pathOf(local: LocalAws, stackId: string): string {
  return join(local.store.folder, 'events', stackId.split('/').at(-1) ?? '');
}

/** Moves the stack to a status. */
export function setStackStatus(local: LocalAws, stack: StackRecord, status: string, reason: string | null = null): void {
  stack.status = status;
  stack.statusReason = reason;
  record(local, stack, { logicalId: stack.stackName, physicalId: stack.stackId, type: 'AWS::CloudFormation::Stack', status, reason, properties: null });
}

/** As {@link setStackStatus}, of one of its resources. */
export function setResourceStatus(local: LocalAws, stack: StackRecord, resource: ResourceRecord, status: string, reason: string | null = null): void {
  resource.status = status;
  resource.statusReason = reason;
  resource.changedAt = new Date().toISOString();
  // What an update has left over goes without its properties.
  const properties = stack.status.endsWith('_CLEANUP_IN_PROGRESS') ? null : (resource.attempted ?? resource.properties);
  record(local, stack, { logicalId: resource.logicalId, physicalId: resource.physicalId, type: resource.type, status, reason, properties });
}

const lastEvent = new WeakMap<LocalAws, number>();

/** No two events share a millisecond: the CDK CLI sorts them by time, and would turn round those that do. */
function nextTimestamp(local: LocalAws): string {
  const time = Math.max(Date.now(), (lastEvent.get(local) ?? 0) + 1);
  lastEvent.set(local, time);
  return new Date(time).toISOString();
}

function record(local: LocalAws, stack: StackRecord, event: Omit<StackEvent, 'eventId' | 'timestamp'>): void {
  const timestamp = nextTimestamp(local);
  const line: StackEvent = { ...event, timestamp, eventId: eventId(stack, event, timestamp) };
  const path = pathOf(local, stack.stackId);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  appendJsonLines(path, [line]);
  local.log({ kind: 'deployment', text: [stack.stackName, event.status, event.type, event.logicalId, event.reason ?? ''].join(' ').trim() });
  // A write that fails fails the next answer too, which waits for its own.
  local.store.saved().catch(() => undefined);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html#API_DescribeStackEvents_Examples */
function eventId(stack: StackRecord, { logicalId, physicalId, status, properties }: Pick<StackEvent, 'logicalId' | 'physicalId' | 'status' | 'properties'>, timestamp: string): string {
  if (physicalId === stack.stackId) return randomUUID();
  return `${logicalId}-${properties === null ? randomUUID() : `${status}-${timestamp}`}`;
}
