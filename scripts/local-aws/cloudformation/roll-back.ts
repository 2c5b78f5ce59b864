import { isDeepStrictEqual } from 'node:util';
import { contextOf, failedTo, reasonOf, stateOf, typeOf, type Engine } from './engine';
import { setResourceStatus, setStackStatus } from './events';
import { alongGraph } from './graph';
import { authorizeHandler } from './handlers/authorize';
import type { ResourceRecord, StackContent, StackRecord } from './records';
import { removeResources, whileCreating } from './remove';
import { isRetagged, withStackTags } from './stack-tags';

/**
 * Restores what the stack was before its update.
 *
 * @param skip logical ids that ContinueUpdateRollback leaves as they are
 */
export async function rollBackUpdate(engine: Engine, stack: StackRecord, reason: string | null, skip: readonly string[] = []): Promise<void> {
  const { before } = stack;
  setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  if (before === null) {
    setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_COMPLETE');
    return;
  }
  const failed: string[] = [];
  const graph = new Map(Object.values(before.resources).map(({ logicalId, dependsOn }) => [logicalId, dependsOn.filter((id) => id in before.resources)]));
  await alongGraph(graph, async (id) => {
    const previous = before.resources[id];
    if (previous === undefined || skip.includes(id)) return;
    if (!(await restore(engine, stack, previous))) failed.push(id);
  });
  if (failed.length > 0) {
    setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_FAILED', failedTo('update', failed));
    return;
  }
  setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await finishRollBack(engine, stack, before);
}

/** Deletes what the update had made. */
export async function finishRollBack(engine: Engine, stack: StackRecord, before: StackContent): Promise<void> {
  const old = new Set(Object.values(before.resources).map(({ logicalId, physicalId }) => `${logicalId} ${physicalId}`));
  const made = [...Object.values(stack.resources), ...stack.leftovers].filter(({ logicalId, physicalId }) => !old.has(`${logicalId} ${physicalId}`));
  const failed = await removeResources(engine, stack, made, whileCreating);
  const kept = Object.fromEntries(Object.entries(stack.resources).filter(([id]) => id in before.resources));
  Object.assign(stack, { input: before.input, outputs: before.outputs, imports: before.imports, resources: kept, before: null, leftovers: [] });
  setStackStatus(engine.local, stack, 'UPDATE_ROLLBACK_COMPLETE', failed.length > 0 ? 'Update rollback successful. One or more resources could not be deleted.' : null);
}

/** @returns whether the resource is again what it was */
async function restore(engine: Engine, stack: StackRecord, previous: ResourceRecord): Promise<boolean> {
  const now = stack.resources[previous.logicalId];
  if (now === undefined) return true;
  if (now.intended) {
    // Its replacement was not made whole.
    stack.leftovers.push({ ...now, physicalId: now.intended, intended: null, deletionPolicy: 'Delete' });
    now.intended = null;
  }
  if (now.physicalId !== previous.physicalId) {
    // The old one still exists: an update deletes it only after it has succeeded.
    stack.leftovers = [...stack.leftovers.filter(({ physicalId }) => physicalId !== previous.physicalId), now];
    stack.resources[previous.logicalId] = { ...previous };
    setResourceStatus(engine.local, stack, stack.resources[previous.logicalId] ?? previous, 'UPDATE_COMPLETE');
    return true;
  }
  if (now.attempted === null && isDeepStrictEqual(now.properties, previous.properties) && !isRetagged(typeOf(engine, previous.type), now, previous)) {
    const { deletionPolicy, updateReplacePolicy, metadata, dependsOn } = previous;
    Object.assign(now, { deletionPolicy, updateReplacePolicy, metadata, dependsOn });
    if (now.status === 'UPDATE_FAILED') setResourceStatus(engine.local, stack, now, 'UPDATE_COMPLETE');
    return true;
  }
  return updateBack(engine, stack, now, previous);
}

/** @returns whether the handler could make it again what it was */
async function updateBack(engine: Engine, stack: StackRecord, now: ResourceRecord, previous: ResourceRecord): Promise<boolean> {
  const type = typeOf(engine, previous.type);
  const attempted = now.attempted ?? now.properties;
  const [before, after] = [withStackTags(type, previous), withStackTags(type, { ...now, properties: attempted })];
  stack.resources[previous.logicalId] = { ...previous, ...stateOf(now), attempted, stackTags: now.stackTags ?? [] };
  const restored = stack.resources[previous.logicalId] ?? now;
  setResourceStatus(engine.local, stack, restored, 'UPDATE_IN_PROGRESS');
  try {
    const context = { ...contextOf(engine, stack, previous.logicalId), halfWay: now.attempted !== null };
    authorizeHandler(context, stack, { type: previous.type, operation: 'update', physicalId: now.physicalId, properties: before, before: after });
    Object.assign(restored, await type.update(context, stateOf(now), after, before));
  } catch (error) {
    setResourceStatus(engine.local, stack, restored, 'UPDATE_FAILED', reasonOf(error));
    return false;
  }
  Object.assign(restored, { attempted: null, stackTags: previous.stackTags ?? [] });
  setResourceStatus(engine.local, stack, restored, 'UPDATE_COMPLETE');
  return true;
}
