import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { findStack, type StackInput } from './records';
import type { ResourceChange } from './resource-change';

/** A change set as it was made. `createdAt` is ISO 8601; `id` is its ARN. */
export interface ChangeSetRecord {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description: string | null;
  readonly createdAt: string;
  readonly includeNestedStacks: boolean;
  readonly onStackFailure: string | null;
  readonly input: StackInput;
  readonly changes: readonly ResourceChange[];
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason: string | null;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'OBSOLETE';
}

/** By ARN. */
export function changeSets(local: LocalAws): Table<ChangeSetRecord> {
  return local.store.table<ChangeSetRecord>('cloudformation-change-sets');
}

/** In the order in which they were made. */
export function changeSetsOf(local: LocalAws, stackId: string): readonly ChangeSetRecord[] {
  return [...changeSets(local).values()].filter((set) => set.stackId === stackId);
}

/** @param stackName whose it is, where `nameOrArn` is a name: without it none is found */
export function findChangeSet(local: LocalAws, region: string, nameOrArn: string, stackName: string | undefined): ChangeSetRecord | null {
  if (nameOrArn.startsWith('arn:')) return changeSets(local).get(nameOrArn) ?? null;
  const stack = stackName === undefined ? null : findStack(local, region, stackName);
  return (stack && changeSetsOf(local, stack.stackId).find((set) => set.name === nameOrArn)) ?? null;
}

/** @throws AwsError ChangeSetNotFound */
export function getChangeSet(local: LocalAws, region: string, nameOrArn: string, stackName: string | undefined): ChangeSetRecord {
  const found = findChangeSet(local, region, nameOrArn, stackName);
  if (found === null) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrArn}] does not exist`, 404);
  return found;
}
