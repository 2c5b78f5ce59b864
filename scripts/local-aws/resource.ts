import type { LocalAws } from './service';
import type { Shape } from './shape';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** An object of JSON whose members may be set. */
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
  /** Whether an earlier update of it has failed half-way, so that it may be what `before` says or not. */
  readonly halfWay?: boolean;
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

/** How a type takes the tags of its stack: `tagging` of the schema that CloudFormation publishes of it. */
export interface Tagging {
  /** What its property `Tags` is. */
  readonly form: 'list' | 'map';
  /** Whether it has `aws:cloudformation:…` as well: `cloudFormationSystemTags`. */
  readonly system: boolean;
}

/** One CloudFormation resource type of the local AWS. */
export interface ResourceType {
  /** `AWS::S3::Bucket` */
  readonly name: string;
  readonly properties: Readonly<Record<string, PropertyRule>>;
  /** Of each property that is a structure or a list of structures. */
  readonly shapes?: Readonly<Record<string, Shape>>;
  /** Missing where it has no tags. */
  readonly tagging?: Tagging;
  /** @throws AwsError: the resource's CREATE_FAILED reason */
  create(context: ResourceContext, properties: JsonObject): Promise<ResourceState>;
  /** Called where properties differ, and none that would replace it. */
  update(context: ResourceContext, current: ResourceState, before: JsonObject, after: JsonObject): Promise<ResourceState>;
  /** Succeeds where it is gone already, as CloudFormation's handlers do. */
  delete(context: ResourceContext, current: ResourceState, properties: JsonObject): Promise<void>;
}
