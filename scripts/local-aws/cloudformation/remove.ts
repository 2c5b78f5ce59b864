import { contextOf, failedTo, reasonOf, stateOf, typeOf, type Engine } from './engine';
import { removeEvents, setResourceStatus, setStackStatus } from './events';
import { alongGraph, reversed } from './graph';
import { authorizeHandler } from './handlers/authorize';
import { stacks, type ResourceRecord, type StackRecord } from './records';
import type { DeletionPolicy } from './template';

const keptDeletedStacks = 10;

/** What becomes of a resource whose creation is taken back. */
export function whileCreating({ deletionPolicy }: ResourceRecord): DeletionPolicy {
  return deletionPolicy === 'RetainExceptOnCreate' ? 'Delete' : deletionPolicy;
}

/** What becomes of a resource that was there before. */
export function onceCreated({ deletionPolicy }: ResourceRecord): DeletionPolicy {
  return deletionPolicy === 'RetainExceptOnCreate' ? 'Retain' : deletionPolicy;
}

/**
 * Deletes resources, those that others need last.
 *
 * @param policy what the template says of each: kept ones are skipped
 * @returns the logical ids that could not be deleted
 */
export async function removeResources(engine: Engine, stack: StackRecord, resources: readonly ResourceRecord[], policy: (resource: ResourceRecord) => DeletionPolicy): Promise<readonly string[]> {
  // Two physical resources may share a logical id, where one has replaced the other.
  const byKey = new Map(resources.map((resource, index) => [`${resource.logicalId}/${index}`, resource]));
  const keysOf = (id: string) => [...byKey].filter(([, { logicalId }]) => logicalId === id).map(([key]) => key);
  const graph = reversed(new Map([...byKey].map(([key, { dependsOn }]) => [key, dependsOn.flatMap(keysOf)])));
  const failed: string[] = [];
  const blocked = new Set<string>();
  await alongGraph(graph, async (key) => {
    const resource = byKey.get(key);
    if (resource === undefined) return;
    // CloudFormation does not delete what something that still exists needs.
    if ((graph.get(key) ?? []).some((dependent) => blocked.has(dependent))) blocked.add(key);
    else if (!(await removeResource(engine, stack, resource, policy(resource)))) {
      failed.push(resource.logicalId);
      blocked.add(key);
    }
  });
  return failed;
}

/** Deletes the whole stack. */
export async function deleteStack(engine: Engine, stack: StackRecord, retain: readonly string[]): Promise<void> {
  const all = [...Object.values(stack.resources), ...stack.leftovers].filter(({ status }) => status !== 'DELETE_COMPLETE' && status !== 'DELETE_SKIPPED');
  const failed = await removeResources(engine, stack, all, (resource) => (retain.includes(resource.logicalId) ? 'Retain' : onceCreated(resource)));
  if (failed.length > 0) {
    setStackStatus(engine.local, stack, 'DELETE_FAILED', failedTo('delete', failed));
    return;
  }
  stack.deletedAt = new Date().toISOString();
  Object.assign(stack, { outputs: [], imports: [], before: null, leftovers: [] });
  setStackStatus(engine.local, stack, 'DELETE_COMPLETE');
  forgetOldest(engine);
}

/** CloudFormation forgets deleted stacks after 90 days; here the last ones stay, so that the state stays small. */
function forgetOldest(engine: Engine): void {
  const deleted = [...stacks(engine.local).values()].filter(({ status }) => status === 'DELETE_COMPLETE');
  for (const { stackId } of deleted.slice(0, -keptDeletedStacks)) {
    stacks(engine.local).delete(stackId);
    removeEvents(engine.local, stackId);
  }
}

async function removeResource(engine: Engine, stack: StackRecord, resource: ResourceRecord, policy: DeletionPolicy): Promise<boolean> {
  // Of what was never made whole there is nothing to retain.
  if (resource.physicalId === '' && resource.intended) return removeResource(engine, stack, Object.assign(resource, { physicalId: resource.intended, intended: null }), 'Delete');
  if (resource.physicalId === '') {
    setResourceStatus(engine.local, stack, resource, 'DELETE_COMPLETE');
    return true;
  }
  if (policy === 'Retain') {
    setResourceStatus(engine.local, stack, resource, 'DELETE_SKIPPED');
    return true;
  }
  setResourceStatus(engine.local, stack, resource, 'DELETE_IN_PROGRESS');
  try {
    const context = contextOf(engine, stack, resource.logicalId);
    authorizeHandler(context, stack, { type: resource.type, operation: 'delete', physicalId: resource.physicalId, properties: resource.properties });
    await typeOf(engine, resource.type).delete(context, stateOf(resource), resource.properties);
  } catch (error) {
    setResourceStatus(engine.local, stack, resource, 'DELETE_FAILED', reasonOf(error));
    return false;
  }
  setResourceStatus(engine.local, stack, resource, 'DELETE_COMPLETE');
  return true;
}
