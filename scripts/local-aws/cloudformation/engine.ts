import { isJsonObject } from '../../configuration/json-object';
import { AwsError } from '../aws-error';
import { nameSuffix } from '../physical-name';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import type { LocalAws } from '../service';
import type { ResourceValues } from './evaluate';
import { stacks, type ResourceRecord, type StackRecord } from './records';
import { formatError, templateError } from './template-error';

/** What a deployment works with. */
export interface Engine {
  readonly local: LocalAws;
  /** By name, CloudFormation's own among them. */
  readonly types: ReadonlyMap<string, ResourceType>;
  /** Deployments that go on after their request was answered, by stack ARN. */
  readonly running: Map<string, Promise<void>>;
}

/** An engine under which nothing runs yet. */
export function newEngine(local: LocalAws, types: Engine['types']): Engine {
  return { local, types, running: new Map() };
}

/** What the handlers of a resource get to know of its stack. */
export function contextOf(engine: Engine, stack: StackRecord, logicalId: string): ResourceContext {
  return { local: engine.local, region: stack.region, stackName: stack.stackName, stackId: stack.stackId, logicalId };
}

/** As {@link contextOf}, for what may make a new physical resource. */
export function creationContext(engine: Engine, stack: StackRecord, resource: ResourceRecord): ResourceContext {
  return {
    ...contextOf(engine, stack, resource.logicalId),
    suffix: nameSuffix(),
    async intend(physicalId) {
      const all = [...stacks(engine.local).values()].filter(({ region }) => region === stack.region).flatMap(({ resources, leftovers }) => [...Object.values(resources), ...leftovers]);
      const taken = all.some((other) => other.type === resource.type && (other.physicalId === physicalId || other.intended === physicalId) && other.status !== 'DELETE_COMPLETE');
      if (taken) throw new AwsError('AlreadyExists', `${physicalId} already exists`);
      resource.intended = physicalId;
      await engine.local.store.saved();
    },
  };
}

/** What the handlers of a resource get to know of what exists. */
export function stateOf(resource: ResourceRecord): ResourceState {
  return { physicalId: resource.physicalId, attributes: resource.attributes };
}

/** @throws AwsError naming the type */
export function typeOf(engine: Engine, name: string): ResourceType {
  const type = engine.types.get(name);
  if (type === undefined) throw unrecognized([name]);
  return type;
}

/** The refusal of a template with types that are not modelled. */
export function unrecognized(names: readonly string[]): AwsError {
  return formatError(`Unrecognized resource types: [${names.join(', ')}]. The local AWS does not model them: deploy to an account, or set AWS_ENDPOINT_URL to an emulator that has them.`);
}

/** What `Ref` and `Fn::GetAtt` give for the resources that exist now. */
export function existingValues(stack: StackRecord): ResourceValues {
  return {
    ref: (id) => existing(stack, id).physicalId,
    attribute(id, name) {
      const resource = existing(stack, id);
      const value = attributeAt(resource.attributes, name);
      if (value === undefined) throw missingAttribute(id, name);
      return value;
    },
  };
}

/** The refusal of an attribute that a resource does not have. */
export function missingAttribute(logicalId: string, name: string): AwsError {
  return templateError(`resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
}

/** An attribute's name may have dots of its own: `Endpoint.Address`. */
export function attributeAt(attributes: JsonObject, name: string) {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const [first = '', ...rest] = name.split('.');
  const inner = attributes[first];
  if (rest.length === 0 || !isJsonObject(inner)) return undefined;
  return inner[rest.join('.')];
}

/** The reason of a failed step. A bug of ours is told apart from a refusal. */
export function reasonOf(error: unknown): string {
  if (error instanceof AwsError) return error.message;
  return `Internal Failure: ${error instanceof Error ? error.message : String(error)}`;
}

/** The reason of a stack whose resources failed, as CloudFormation gives it: with a space at its end. */
export function failedTo(verb: 'create' | 'update' | 'delete', logicalIds: readonly string[]): string {
  return `The following resource(s) failed to ${verb}: [${logicalIds.join(', ')}]. `;
}

function existing(stack: StackRecord, id: string): ResourceRecord {
  const resource = stack.resources[id];
  if (resource === undefined || resource.physicalId === '') throw new AwsError('ValidationError', `Resource ${id} does not exist in stack ${stack.stackName}`);
  return resource;
}
