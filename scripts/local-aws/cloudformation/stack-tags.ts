import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../configuration/json-object';
import type { Json, JsonObject, ResourceType } from '../resource';
import type { StackRecord, Tag } from './records';

/** What a resource is or shall be: its own properties, and what its stack adds to its tags. */
export interface Tagged {
  readonly properties: JsonObject;
  /** Missing where it was made before anybody kept them. */
  readonly stackTags?: readonly Tag[];
}

/**
 * What a stack adds to the tags of one of its resources.
 *
 * @param tags those of the stack
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function stackTagsOf({ tagging }: ResourceType, { stackId, stackName }: StackRecord, logicalId: string, tags: readonly Tag[]): readonly Tag[] {
  if (tagging === undefined) return [];
  const system = { 'stack-name': stackName, 'stack-id': stackId, 'logical-id': logicalId };
  return [...tags, ...(tagging.system ? Object.entries(system).map(([name, value]) => ({ key: `aws:cloudformation:${name}`, value })) : [])];
}

/** The properties as the handlers get them. What the resource itself says of a tag wins. */
export function withStackTags({ tagging }: ResourceType, { properties, stackTags = [] }: Tagged): JsonObject {
  const own = properties['Tags'] ?? (tagging?.form === 'list' ? [] : {});
  // Tags of another kind are for the type to refuse.
  if (stackTags.length === 0 || typeof own !== 'object' || own === null || Array.isArray(own) !== (tagging?.form === 'list')) return properties;
  if (!Array.isArray(own)) return { ...properties, Tags: { ...Object.fromEntries(stackTags.map(({ key, value }) => [key, value])), ...own } };
  const added = stackTags.filter(({ key }) => !own.some((tag) => keyOf(tag) === key));
  return { ...properties, Tags: [...own, ...added.map(({ key, value }) => ({ Key: key, Value: value }))] };
}

/** Whether a resource would get other tags, whoever gives them. */
export function isRetagged(type: ResourceType, now: Tagged, wanted: Tagged): boolean {
  return !isDeepStrictEqual(withStackTags(type, now)['Tags'], withStackTags(type, wanted)['Tags']);
}

function keyOf(tag: Json): Json | undefined {
  return isJsonObject(tag) ? tag['Key'] : undefined;
}
