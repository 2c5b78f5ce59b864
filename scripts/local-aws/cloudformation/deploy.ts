import { applyResource, type Failures } from './apply-resource';
import { failedTo, reasonOf, type Engine } from './engine';
import { evaluate, type Evaluated } from './evaluate';
import { setStackStatus } from './events';
import { verifyExports } from './exports';
import { alongGraph } from './graph';
import { verifyImports } from './imports';
import { outputsOf } from './outputs';
import type { StackRecord } from './records';
import { deleteStack, onceCreated, removeResources, whileCreating } from './remove';
import { rollBackUpdate } from './roll-back';

/** Creates what the stack's input says. */
export async function createStack(engine: Engine, stack: StackRecord): Promise<void> {
  const failure = await apply(engine, stack);
  if (failure === null) {
    setStackStatus(engine.local, stack, 'CREATE_COMPLETE');
    return;
  }
  if (stack.disableRollback || stack.onFailure === 'DO_NOTHING') setStackStatus(engine.local, stack, 'CREATE_FAILED', failure);
  else await rollBackCreate(engine, stack, `${failure.trimEnd().replace(/\.?$/, '.')} Rollback requested by user.`);
}

/** Deletes what was created. Of a retained resource CloudFormation keeps what exists, but for RetainExceptOnCreate. */
export async function rollBackCreate(engine: Engine, stack: StackRecord, reason: string | null): Promise<void> {
  if (stack.onFailure === 'DELETE') {
    setStackStatus(engine.local, stack, 'DELETE_IN_PROGRESS', reason);
    await deleteStack(engine, stack, []);
    return;
  }
  setStackStatus(engine.local, stack, 'ROLLBACK_IN_PROGRESS', reason);
  const failed = await removeResources(engine, stack, Object.values(stack.resources), whileCreating);
  Object.assign(stack, { outputs: [], imports: [] });
  if (failed.length > 0) setStackStatus(engine.local, stack, 'ROLLBACK_FAILED', failedTo('delete', failed));
  else setStackStatus(engine.local, stack, 'ROLLBACK_COMPLETE');
}

/** Brings a stack from its `before` to its input, and back where that fails. */
export async function updateStack(engine: Engine, stack: StackRecord): Promise<void> {
  const failure = await apply(engine, stack);
  if (failure !== null) {
    if (stack.disableRollback) setStackStatus(engine.local, stack, 'UPDATE_FAILED', failure);
    else await rollBackUpdate(engine, stack, failure);
    return;
  }
  setStackStatus(engine.local, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await finishUpdate(engine, stack);
}

/** Deletes what the update has replaced or left out. */
export async function finishUpdate(engine: Engine, stack: StackRecord): Promise<void> {
  const { resources } = evaluate(engine.local, stack, stack.input);
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !(logicalId in resources));
  for (const { logicalId } of removed) delete stack.resources[logicalId];
  stack.leftovers.push(...removed);
  const failed = await removeResources(engine, stack, stack.leftovers, onceCreated);
  Object.assign(stack, { leftovers: [], before: null });
  setStackStatus(engine.local, stack, 'UPDATE_COMPLETE', failed.length > 0 ? 'Update successful. One or more resources could not be deleted.' : null);
}

/** @returns why it failed; null where it did not */
async function apply(engine: Engine, stack: StackRecord): Promise<string | null> {
  try {
    const evaluated = evaluate(engine.local, stack, stack.input);
    verifyImports(evaluated);
    const failure = await applyResources(engine, stack, evaluated);
    if (failure !== null) return failure;
    const outputs = outputsOf(stack, evaluated);
    verifyExports(engine.local, stack, stack.outputs, outputs);
    Object.assign(stack, { outputs, imports: [...evaluated.imports] });
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function applyResources(engine: Engine, stack: StackRecord, evaluated: Evaluated): Promise<string | null> {
  const failed: Failures = [];
  await alongGraph(evaluated.graph, async (id) => {
    if (failed.length === 0) await applyResource(engine, stack, evaluated, id, failed);
  });
  if (failed.length === 0) return null;
  return (['create', 'update'] as const).map((verb) => {
    const ids = failed.filter((one) => one.verb === verb).map(({ id }) => id);
    return ids.length > 0 ? failedTo(verb, ids) : '';
  }).join('');
}
