import { isJsonObject } from '../configuration/json-object';
import { AwsError } from './aws-error';
import type { JsonObject } from './resource';

// Readers of the properties of resource types.

/**
 * A text; a number or a truth value as text, which CloudFormation takes for one. Null where it is not given.
 *
 * @throws AwsError ValidationError for a list or a structure
 */
export function textProperty(properties: JsonObject, name: string): string | null {
  const value = properties[name];
  if (value === undefined) return null;
  if (typeof value === 'object') throw wrongType(name, 'String');
  return String(value);
}

/** As {@link textProperty}. @throws AwsError ValidationError where it is not given, too */
export function requiredText(properties: JsonObject, name: string): string {
  const value = textProperty(properties, name);
  if (value === null) throw new AwsError('ValidationError', `Property ${name} cannot be empty.`);
  return value;
}

/** A list of texts; an empty one where it is not given. @throws AwsError ValidationError */
export function textsProperty(properties: JsonObject, name: string): string[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, 'List<String>');
  return value.map((each) => {
    if (typeof each !== 'string') throw wrongType(name, 'List<String>');
    return each;
  });
}

/** A structure; an empty one where it is not given. @throws AwsError ValidationError */
export function objectProperty(properties: JsonObject, name: string): JsonObject {
  const value = properties[name] ?? {};
  if (isJsonObject(value)) return value;
  throw new AwsError('ValidationError', `Value of property ${name} must be an object`);
}

/** A list of structures; an empty one where it is not given. @throws AwsError ValidationError, which calls each a `type` */
export function objectsProperty(properties: JsonObject, name: string, type: string): JsonObject[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, `List<${type}>`);
  return value.map((each) => {
    if (!isJsonObject(each)) throw wrongType(name, `List<${type}>`);
    return each;
  });
}

/** The values of `Tags` by key, where a type has it as a list. @throws AwsError ValidationError */
export function tagsProperty(properties: JsonObject): Record<string, string> {
  return Object.fromEntries(objectsProperty(properties, 'Tags', 'Tag').map((tag) => [requiredText(tag, 'Key'), textProperty(tag, 'Value') ?? '']));
}

/** As {@link tagsProperty}, where a type has it as a map. */
export function tagMapProperty(properties: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(objectProperty(properties, 'Tags')).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]));
}

function wrongType(name: string, type: string): AwsError {
  return new AwsError('ValidationError', `Value of property ${name} must be of type ${type}`);
}
