import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws-error';
import { changeSetsOf } from './change-set-record';
import { createStack, updateStack } from './deploy';
import { reasonOf, type Engine } from './engine';
import { evaluate, type Evaluated } from './evaluate';
import { setStackStatus } from './events';
import { outputsOf } from './outputs';
import { planChanges } from './plan';
import { contentOf, type StackInput, type StackRecord } from './records';
import type { ResourceChange } from './resource-change';

/** Lets a deployment go on after its request has been answered. */
export function inBackground(engine: Engine, stack: StackRecord, operation: () => Promise<void>): void {
  const run = operation()
    .catch((error: unknown) => setStackStatus(engine.local, stack, stack.status.replace(/(_COMPLETE_CLEANUP)?_IN_PROGRESS$/, '_FAILED'), reasonOf(error)))
    .finally(() => engine.running.delete(stack.stackId));
  engine.running.set(stack.stackId, run);
}

/** @throws AwsError ValidationError while something else is done with the stack, or where it cannot be updated any more */
export function verifyUpdatable(stack: StackRecord): void {
  const updatable = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|CREATE_FAILED|UPDATE_FAILED)$/.test(stack.status);
  if (!updatable) throw wrongState(stack, 'be updated');
}

/** The refusal of what cannot be done with a stack as it is: `be deleted`. */
export function wrongState({ stackId, status }: StackRecord, what: string): AwsError {
  return new AwsError('ValidationError', `Stack:${stackId} is in ${status} state and can not ${what}.`);
}

/** Begins to create what the stack's input says; the status of the stack says how it ends. */
export function startCreate(engine: Engine, stack: StackRecord): void {
  setStackStatus(engine.local, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  inBackground(engine, stack, () => createStack(engine, stack));
}

/** The first failed update of a row is what a rollback goes back beyond. */
export function startUpdate(engine: Engine, stack: StackRecord, input: StackInput): void {
  stack.before ??= contentOf(stack);
  for (const set of changeSetsOf(engine.local, stack.stackId)) if (set.executionStatus === 'AVAILABLE') set.executionStatus = 'OBSOLETE';
  stack.input = input;
  stack.updatedAt = new Date().toISOString();
  setStackStatus(engine.local, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  inBackground(engine, stack, () => updateStack(engine, stack));
}

/** What a deployment would do. */
export interface Plan {
  readonly evaluated: Evaluated;
  readonly changes: readonly ResourceChange[];
  /** Outputs and tags count, though no resource changes. */
  readonly anything: boolean;
}

/** @throws AwsError ValidationError */
export function plan(engine: Engine, stack: StackRecord, input: StackInput): Plan {
  const evaluated = evaluate(engine.local, stack, input);
  const moved = typeChanges(stack, evaluated);
  if (moved.length > 0) {
    throw new AwsError('ValidationError', `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${moved.join(', ')}]`);
  }
  const changes = planChanges(engine, stack, evaluated, input);
  const unfinished = stack.status === 'REVIEW_IN_PROGRESS' || stack.before !== null || Object.values(stack.resources).some(({ physicalId }) => physicalId === '');
  const anything = changes.length > 0 || unfinished || !isDeepStrictEqual(stack.input.tags, input.tags) || !isDeepStrictEqual(stack.outputs, outputsOf(stack, evaluated));
  return { evaluated, changes, anything };
}

function typeChanges(stack: StackRecord, evaluated: Evaluated): readonly string[] {
  return Object.entries(evaluated.resources).filter(([id, { type }]) => stack.resources[id] !== undefined && stack.resources[id].type !== type).map(([id]) => id);
}
