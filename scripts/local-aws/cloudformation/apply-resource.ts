import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws-error';
import type { JsonObject, PropertyRule, ResourceState, ResourceType } from '../resource';
import { contextOf, creationContext, existingValues, reasonOf, stateOf, typeOf, type Engine } from './engine';
import type { Evaluated } from './evaluate';
import { setResourceStatus } from './events';
import { authorizeHandler } from './handlers/authorize';
import { resolveObject } from './intrinsics';
import type { ResourceRecord, StackRecord } from './records';
import { stackTagsOf, withStackTags, type Tagged } from './stack-tags';
import { verifyProperties } from './verify-properties';

/** Names of the properties that differ, with what happens to each. */
function differences(type: ResourceType, before: JsonObject, after: JsonObject): readonly { readonly name: string; readonly rule: PropertyRule }[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).map((name) => ({ name, rule: type.properties[name] ?? 'update' }));
}

/** What has failed in this deployment so far. With the first failure nothing new is begun. */
export type Failures = { readonly id: string; readonly verb: 'create' | 'update' }[];

/** Brings one resource to what the template says: creates, updates or replaces it, or leaves it alone. */
export async function applyResource(engine: Engine, stack: StackRecord, evaluated: Evaluated, id: string, failures: Failures): Promise<void> {
  const definition = evaluated.resources[id];
  if (definition === undefined) return;
  // One whose creation failed in an earlier deployment has no physical id, and is created anew.
  const current = stack.resources[id]?.physicalId ? stack.resources[id] : undefined;
  const verb = current === undefined ? 'create' : 'update';
  const attempt = current ?? pending(stack, id, definition.type);
  describe(stack, evaluated, id);
  try {
    const type = typeOf(engine, definition.type);
    const properties = resolveObject(definition.properties, evaluated.scope(existingValues(stack)));
    verifyProperties(type, properties, id);
    const wanted = { properties, stackTags: stackTagsOf(type, stack, id, stack.input.tags) };
    const touched = current === undefined ? await create(engine, stack, type, attempt, wanted) : await change(engine, stack, type, current, wanted);
    if (touched) conclude(engine, stack, id, verb, failures);
  } catch (error) {
    failures.push({ id, verb });
    setResourceStatus(engine.local, stack, stack.resources[id] ?? attempt, `${verb.toUpperCase()}_FAILED`, reasonOf(error));
  }
}

async function create(engine: Engine, stack: StackRecord, type: ResourceType, attempt: ResourceRecord, wanted: Tagged): Promise<true> {
  Object.assign(attempt, wanted);
  setResourceStatus(engine.local, stack, attempt, 'CREATE_IN_PROGRESS');
  Object.assign(attempt, await createAsActor(engine, stack, type, attempt, wanted), { intended: null });
  setResourceStatus(engine.local, stack, attempt, 'CREATE_IN_PROGRESS', 'Resource creation Initiated');
  return true;
}

async function createAsActor(engine: Engine, stack: StackRecord, type: ResourceType, resource: ResourceRecord, wanted: Tagged): Promise<ResourceState> {
  const context = creationContext(engine, stack, resource);
  const properties = withStackTags(type, wanted);
  authorizeHandler(context, stack, { type: type.name, operation: 'create', properties });
  return type.create(context, properties);
}

/** @returns whether there was anything to change */
async function change(engine: Engine, stack: StackRecord, type: ResourceType, current: ResourceRecord, wanted: Tagged): Promise<boolean> {
  const [given, properties] = [withStackTags(type, current), withStackTags(type, wanted)];
  const differing = differences(type, given, properties);
  // What an earlier update left half-way is updated in any case.
  const halfWay = current.attempted && withStackTags(type, { ...current, properties: current.attempted });
  if (differing.length === 0 && halfWay === null) {
    Object.assign(current, wanted);
    return false;
  }
  if (differing.some(({ rule }) => rule === 'replace')) {
    await replace(engine, stack, type, current, wanted);
    return true;
  }
  Object.assign(current, { attempted: wanted.properties, stackTags: wanted.stackTags });
  setResourceStatus(engine.local, stack, current, 'UPDATE_IN_PROGRESS');
  const context = { ...contextOf(engine, stack, current.logicalId), halfWay: halfWay !== null };
  authorizeHandler(context, stack, { type: type.name, operation: 'update', physicalId: current.physicalId, properties, before: halfWay ?? given });
  Object.assign(current, await type.update(context, stateOf(current), halfWay ?? given, properties), { properties: wanted.properties, attempted: null });
  return true;
}

/** The new one is made first; the old one goes when the update has succeeded. */
async function replace(engine: Engine, stack: StackRecord, type: ResourceType, current: ResourceRecord, wanted: Tagged): Promise<void> {
  current.attempted = wanted.properties;
  setResourceStatus(engine.local, stack, current, 'UPDATE_IN_PROGRESS', 'Requested update requires the creation of a new physical resource; hence creating one.');
  current.attempted = null;
  const made = await createBeside(engine, stack, type, current, wanted);
  stack.leftovers.push({ ...current, intended: null, deletionPolicy: current.updateReplacePolicy });
  stack.resources[current.logicalId] = { ...current, ...made, ...wanted, intended: null };
  setResourceStatus(engine.local, stack, stack.resources[current.logicalId] ?? current, 'UPDATE_IN_PROGRESS', 'Resource creation Initiated');
}

/** A name of its own that stays is in the way of the new one. @throws AwsError with CloudFormation's sentence for it */
async function createBeside(engine: Engine, stack: StackRecord, type: ResourceType, current: ResourceRecord, wanted: Tagged): Promise<ResourceState> {
  try {
    return await createAsActor(engine, stack, type, current, wanted);
  } catch (error) {
    const named = Object.entries(type.properties).some(([name, rule]) => rule === 'replace' && wanted.properties[name] === current.physicalId);
    if (!named || !(error instanceof AwsError) || !/already|inuse|conflict/i.test(error.code)) throw error;
    throw new AwsError('ValidationError', `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${current.physicalId} and update the stack again.`);
  }
}

/** What ends after another resource has failed counts as cancelled, as in CloudFormation. The rollback undoes it. */
function conclude(engine: Engine, stack: StackRecord, id: string, verb: 'create' | 'update', failures: Failures): void {
  const resource = stack.resources[id];
  if (resource === undefined) return;
  if (failures.length === 0) setResourceStatus(engine.local, stack, resource, `${verb.toUpperCase()}_COMPLETE`);
  else setResourceStatus(engine.local, stack, resource, `${verb.toUpperCase()}_FAILED`, `Resource ${verb === 'create' ? 'creation' : 'update'} cancelled`);
}

function pending(stack: StackRecord, id: string, type: string): ResourceRecord {
  const failed = stack.resources[id];
  if (failed?.intended) stack.leftovers.push({ ...failed, physicalId: failed.intended, intended: null });
  const resource: ResourceRecord = {
    logicalId: id, type, physicalId: '', attributes: {}, properties: {}, attempted: null, status: '', statusReason: null, changedAt: new Date().toISOString(),
    deletionPolicy: 'Delete', updateReplacePolicy: 'Delete', metadata: null, dependsOn: [],
  };
  stack.resources[id] = resource;
  return resource;
}

/** What the template says about a resource beside its properties. */
function describe(stack: StackRecord, evaluated: Evaluated, id: string): void {
  const [resource, definition] = [stack.resources[id], evaluated.resources[id]];
  if (resource === undefined || definition === undefined) return;
  const { deletionPolicy, updateReplacePolicy, metadata } = definition;
  Object.assign(resource, { deletionPolicy, updateReplacePolicy, metadata, dependsOn: evaluated.graph.get(id) ?? [] });
}
