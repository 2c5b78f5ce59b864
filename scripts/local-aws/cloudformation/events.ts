import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import type { ResourceRecord, StackRecord } from './records';

/** One line of a stack's history. */
export interface StackEvent {
  readonly eventId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly timestamp: string;
  readonly properties: JsonObject | null;
}

/** Oldest first, by stack ARN. */
export function stackEvents(local: LocalAws): Table<StackEvent[]> {
  return local.store.table<StackEvent[]>('cloudformation-events');
}

/** Moves the stack to a status. */
export function setStackStatus(local: LocalAws, stack: StackRecord, status: string, reason: string | null = null): void {
  stack.status = status;
  stack.statusReason = reason;
  record(local, stack, { logicalId: stack.stackName, physicalId: stack.stackId, type: 'AWS::CloudFormation::Stack', status, reason, properties: null });
}

export function setResourceStatus(local: LocalAws, stack: StackRecord, resource: ResourceRecord, status: string, reason: string | null = null): void {
  resource.status = status;
  resource.statusReason = reason;
  resource.changedAt = new Date().toISOString();
  record(local, stack, { logicalId: resource.logicalId, physicalId: resource.physicalId, type: resource.type, status, reason, properties: resource.attempted ?? resource.properties });
}

function record(local: LocalAws, stack: StackRecord, event: Omit<StackEvent, 'eventId' | 'timestamp'>): void {
  const events = stackEvents(local).get(stack.stackId) ?? [];
  const timestamp = new Date().toISOString();
  const ofStack = event.physicalId === stack.stackId;
  events.push({ ...event, timestamp, eventId: ofStack ? randomUUID() : `${event.logicalId}-${event.status}-${timestamp}-${events.length}` });
  stackEvents(local).set(stack.stackId, events);
  local.log({ kind: 'deployment', text: [stack.stackName, event.status, event.type, event.logicalId, event.reason ?? ''].join(' ').trim() });
  // A write that fails fails the next answer too, which waits for its own.
  local.store.saved().catch(() => undefined);
}
