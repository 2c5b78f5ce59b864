import type { LocalAws } from './service';
import type { Shape } from './shape';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** The stack that a resource belongs to. */
export interface ResourceContext {
  readonly local: LocalAws;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** What a name that is made up for it ends with, so that it is known before there is anything of that name. */
  readonly suffix?: string;
  /**
   * For a resource that lives outside the state, and so may outlive a process that is killed while it makes it: called
   * by `create` once it is known that there is none of that name, before it is made. With the physical id on disk
   * a rollback deletes it. Where it is missing nothing is recorded: tests of a type alone.
   *
   * @throws AwsError AlreadyExists where another stack has it or is about to make it
   */
  intend?(physicalId: string): Promise<void>;
}

/** What exists now: `Ref` gives the physical id, `Fn::GetAtt` the attributes. */
export interface ResourceState {
  readonly physicalId: string;
  readonly attributes: JsonObject;
}

/**
 * What happens to a property, as the resource's page of the CloudFormation reference says under "Update requires".
 * `recorded` is kept without effect, on purpose and by name; so is one whose shape says so of all its parts. A property that is in
 * no list is refused.
 */
export type PropertyRule = 'update' | 'replace' | 'recorded';

/** One CloudFormation resource type of the local AWS. */
export interface ResourceType {
  /** `AWS::S3::Bucket` */
  readonly name: string;
  readonly properties: Readonly<Record<string, PropertyRule>>;
  /** Of each property that is a structure or a list of structures. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** @throws AwsError: the resource's CREATE_FAILED reason */
  create(context: ResourceContext, properties: JsonObject): Promise<ResourceState>;
  /** Called where only `update` properties differ. */
  update(context: ResourceContext, current: ResourceState, before: JsonObject, after: JsonObject): Promise<ResourceState>;
  /** Succeeds where it is gone already, as CloudFormation's handlers do. */
  delete(context: ResourceContext, current: ResourceState, properties: JsonObject): Promise<void>;
}
