import type { ContextValue } from '../../iam/request-context';
import type { NameOf } from '../../physical-name';
import type { JsonObject, ResourceContext } from '../../resource';

/** What a resource's handler is asked to do. */
export interface HandlerTask {
  readonly operation: 'create' | 'update' | 'delete';
  readonly context: ResourceContext;
  /** The physical id: of what is to be created the name that it will have, and empty where the service makes up an id. */
  readonly id: string;
  /** What it shall be; of what is deleted, what it is. */
  readonly properties: JsonObject;
  /** What it is; nothing of what is to be created. */
  readonly before: JsonObject;
}

/** A call that a handler makes. */
export interface HandlerCall {
  /** `lambda:CreateFunction` */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, ContextValue>>;
  /** What the service calls the resource where it refuses the call, if not by its ARN. */
  readonly called?: string;
  /** What it says instead of IAM's sentence, or around it. */
  readonly refusal?: (sentence: string) => string;
}

/** The calls for a property: what sets it, and what takes it away where that is another. */
export type PropertyActions = Readonly<Record<string, readonly [set: string, unset?: string]>>;

/**
 * What the handlers of one resource type ask of IAM. Actions are without their prefix.
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html (`handlers`, `permissions`)
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface Permissions {
  /** How AWS's SDK names the service in an error, its prefix in policies, and the HTTP status of a refusal. */
  readonly service: readonly [name: string, prefix: string, status: 400 | 403];
  /** The name of what is to be created; missing where the service makes up an id. */
  readonly name?: NameOf;
  readonly resource: (task: HandlerTask, action: string) => string;
  /** Called in any case. */
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly delete: readonly string[];
  /** Called at creation for what is given, and in an update for what differs. */
  readonly properties?: PropertyActions;
  /** Called in an update for what differs; creation takes it along. */
  readonly changes?: PropertyActions;
  /** What at creation has the resource's tags in it, beside the call that `Tags` names. */
  readonly tagged?: readonly string[];
  /** Calls to other services, and those that are made for each entry of a list. */
  readonly more?: (task: HandlerTask) => readonly HandlerCall[];
}

/** The same actions for each of the properties. */
export function each(names: readonly string[], set: string, unset?: string): PropertyActions {
  return Object.fromEntries(names.map((name) => [name, unset === undefined ? [set] : [set, unset]]));
}
