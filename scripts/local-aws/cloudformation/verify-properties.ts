import { AwsError } from '../aws-error';
import type { Json, JsonObject, ResourceType } from '../resource';
import type { Shape } from '../shape';

/** @throws AwsError where a property, or a part of one, is in no list of the type: nothing is dropped silently */
export function verifyProperties(type: ResourceType, properties: JsonObject, logicalId: string): void {
  const wrong = [
    ...Object.keys(properties).filter((name) => !Object.hasOwn(type.properties, name)).map((name) => extraneous('#', name)),
    ...Object.entries(type.shapes ?? {}).flatMap(([name, shape]) => mismatches(shape, properties[name], `#/${name}`)),
  ];
  if (wrong.length === 0) return;
  throw new AwsError('ValidationError', `Properties validation failed for resource ${logicalId} with message: ${wrong.join(' ')} (for ${type.name} in the local AWS)`);
}

function mismatches(shape: Shape, value: Json | undefined, path: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => mismatches(shape, entry, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return [`${path}: expected type: JSONObject, found: ${kindOf(value)}`];
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (inner === undefined) return [extraneous(path, name)];
    return typeof inner === 'string' ? [] : mismatches(inner, member, `${path}/${name}`);
  });
}

function extraneous(path: string, name: string): string {
  return `${path}: extraneous key [${name}] is not permitted`;
}

function kindOf(value: null | boolean | number | string): string {
  if (value === null) return 'Null';
  return { boolean: 'Boolean', number: 'Number', string: 'String' }[typeof value as 'boolean' | 'number' | 'string'];
}
