import type { Json, JsonObject } from '../resource';

/** What the functions of a template look up. */
export interface Scope {
  /** A parameter, a pseudo parameter or a resource. */
  ref(name: string): Resolved;
  attribute(logicalId: string, name: string): Json;
  condition(name: string): boolean;
  exported(name: string): Json;
  /** Of another stack, in this region where `region` is null. */
  stackOutput(stackName: string, outputName: string, region: string | null): Json;
  /** Of SSM's Parameter Store: `{{resolve:ssm:name}}`. */
  ssm(name: string): string;
  readonly mappings: JsonObject;
}

/** `AWS::NoValue`: the property or the list's entry is left out. */
export const noValue = Symbol('AWS::NoValue');

/** What a value of a template comes to. */
export type Resolved = Json | typeof noValue;

/** Where a change set cannot know the value yet. */
export const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';
