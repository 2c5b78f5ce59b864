import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, PropertyRule, ResourceType } from '../resource';
import { checkProperties, contextOf, existingValues, reasonOf, stateOf, typeOf, type Engine } from './engine';
import type { Evaluated } from './evaluate';
import { setResourceStatus } from './events';
import { resolveObject } from './intrinsics';
import type { ResourceRecord, StackRecord } from './records';

/** Names of the properties that differ, with what happens to each. */
export function differences(type: ResourceType, before: JsonObject, after: JsonObject): readonly { readonly name: string; readonly rule: PropertyRule }[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).map((name) => ({ name, rule: type.properties[name] ?? 'update' }));
}

/**
 * Brings one resource to what the template says: creates, updates or replaces it, or leaves it alone.
 *
 * @param cancelled whether another resource has failed by now
 * @returns what failed; null where nothing did
 */
export async function applyResource(engine: Engine, stack: StackRecord, evaluated: Evaluated, id: string, cancelled: () => boolean): Promise<'create' | 'update' | null> {
  const definition = evaluated.resources[id];
  if (definition === undefined) return null;
  // One whose creation failed in an earlier deployment has no physical id, and is created anew.
  const current = stack.resources[id]?.physicalId ? stack.resources[id] : undefined;
  const verb = current === undefined ? 'create' : 'update';
  const attempt = current ?? pending(stack, evaluated, id, definition.type);
  try {
    const type = typeOf(engine, definition.type);
    const properties = resolveObject(definition.properties, evaluated.scope(existingValues(stack)));
    checkProperties(type, properties, id);
    if (current === undefined) await create(engine, stack, type, attempt, properties);
    else if (await change(engine, stack, type, current, properties)) return cancel(engine, stack, id, verb, cancelled);
    else return null;
  } catch (error) {
    setResourceStatus(engine.local, stack, stack.resources[id] ?? attempt, verb === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reasonOf(error));
    return verb;
  } finally {
    describe(stack, evaluated, id);
  }
  return cancel(engine, stack, id, verb, cancelled);
}

async function create(engine: Engine, stack: StackRecord, type: ResourceType, attempt: ResourceRecord, properties: JsonObject): Promise<void> {
  attempt.properties = properties;
  setResourceStatus(engine.local, stack, attempt, 'CREATE_IN_PROGRESS');
  Object.assign(attempt, await type.create(contextOf(engine, stack, attempt.logicalId), properties));
  setResourceStatus(engine.local, stack, attempt, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
}

/** @returns whether there was anything to change */
async function change(engine: Engine, stack: StackRecord, type: ResourceType, current: ResourceRecord, properties: JsonObject): Promise<boolean> {
  const differing = differences(type, current.properties, properties);
  if (differing.length === 0) return false;
  if (differing.some(({ rule }) => rule === 'replace')) {
    await replace(engine, stack, type, current, properties);
    return true;
  }
  current.attempted = properties;
  setResourceStatus(engine.local, stack, current, 'UPDATE_IN_PROGRESS');
  if (differing.some(({ rule }) => rule === 'update')) {
    Object.assign(current, await type.update(contextOf(engine, stack, current.logicalId), stateOf(current), current.properties, properties));
  }
  current.properties = properties;
  current.attempted = null;
  return true;
}

/** The new one is made first; the old one goes when the update has succeeded. */
async function replace(engine: Engine, stack: StackRecord, type: ResourceType, current: ResourceRecord, properties: JsonObject): Promise<void> {
  current.attempted = properties;
  setResourceStatus(engine.local, stack, current, 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.');
  current.attempted = null;
  const made = await type.create(contextOf(engine, stack, current.logicalId), properties);
  stack.leftovers.push({ ...current });
  stack.resources[current.logicalId] = { ...current, ...made, properties };
  setResourceStatus(engine.local, stack, stack.resources[current.logicalId] ?? current, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
}

/** What ended while another resource failed counts as cancelled, as in CloudFormation. The rollback undoes it. */
function cancel(engine: Engine, stack: StackRecord, id: string, verb: 'create' | 'update', cancelled: () => boolean): null {
  const resource = stack.resources[id];
  if (resource === undefined) return null;
  const prefix = verb.toUpperCase();
  if (cancelled()) setResourceStatus(engine.local, stack, resource, `${prefix}_FAILED`, `Resource ${verb === 'create' ? 'creation' : 'update'} cancelled`);
  else setResourceStatus(engine.local, stack, resource, `${prefix}_COMPLETE`);
  return null;
}

function pending(stack: StackRecord, evaluated: Evaluated, id: string, type: string): ResourceRecord {
  const resource: ResourceRecord = {
    logicalId: id, type, physicalId: '', attributes: {}, properties: {}, attempted: null, status: '', statusReason: null, changedAt: new Date().toISOString(),
    deletionPolicy: 'Delete', updateReplacePolicy: 'Delete', metadata: null, dependsOn: [],
  };
  stack.resources[id] = resource;
  describe(stack, evaluated, id);
  return resource;
}

/** What the template says about a resource beside its properties. */
function describe(stack: StackRecord, evaluated: Evaluated, id: string): void {
  const [resource, definition] = [stack.resources[id], evaluated.resources[id]];
  if (resource === undefined || definition === undefined) return;
  const { deletionPolicy, updateReplacePolicy, metadata } = definition;
  Object.assign(resource, { deletionPolicy, updateReplacePolicy, metadata, dependsOn: evaluated.graph.get(id) ?? [] });
}
