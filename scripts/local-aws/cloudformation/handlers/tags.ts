import { tagMapProperty, tagsProperty } from '../../properties';
import type { JsonObject } from '../../resource';
import type { HandlerCall, HandlerTask, Permissions, PropertyActions } from './permissions';

/** Tags that a handler gives to a resource, and the keys of those that it takes away. */
interface TagChanges {
  readonly set: Readonly<Record<string, string>>;
  readonly gone: readonly string[];
}

/** Which of a type's calls have tags in them. */
export type TagCalls = Pick<Permissions, 'properties' | 'changes' | 'tagged'>;

/** Of a resource that is made all its tags are set; of one that is deleted nobody takes them. */
function tagChanges({ operation, properties, before }: HandlerTask): TagChanges {
  if (operation === 'delete') return { set: {}, gone: [] };
  const [now, had] = [tagsOf(properties), tagsOf(before)];
  return { set: Object.fromEntries(Object.entries(now).filter(([key, value]) => had[key] !== value)), gone: Object.keys(had).filter((key) => !(key in now)) };
}

/** Tags are given and taken away by calls of their own. */
export function tagActions(task: HandlerTask, [set, unset = set]: PropertyActions[string]): readonly string[] {
  const changes = tagChanges(task);
  return [...(Object.keys(changes.set).length > 0 ? [set] : []), ...(changes.gone.length > 0 ? [unset] : [])];
}

/** The condition keys that a call has for the tags in it. A list without entries says that it has none. */
export function requestTags({ properties = {}, changes = {}, tagged = [] }: TagCalls, task: HandlerTask, action: string): NonNullable<HandlerCall['context']> {
  const [setting, unsetting] = properties['Tags'] ?? changes['Tags'] ?? [];
  const { set, gone } = tagChanges(task);
  if (task.operation === 'update' && action === unsetting) return { 'aws:TagKeys': gone };
  if (action !== setting && !(task.operation === 'create' && tagged.includes(action))) return {};
  return { 'aws:TagKeys': Object.keys(set), ...Object.fromEntries(Object.entries(set).map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
}

/** Some types have a list of them, others a map. */
function tagsOf(properties: JsonObject): Readonly<Record<string, string>> {
  return Array.isArray(properties['Tags']) ? tagsProperty(properties) : tagMapProperty(properties);
}
