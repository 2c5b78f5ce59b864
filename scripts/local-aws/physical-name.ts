import { randomBytes } from 'node:crypto';
import { textProperty } from './properties';
import type { JsonObject, ResourceContext } from './resource';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Twelve characters that no other name ends with. */
export function nameSuffix(): string {
  return [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/**
 * The name that CloudFormation makes up: stack, logical id and twelve random characters, the first two cut
 * where the whole would be longer than `longest`.
 *
 * @param longest characters
 */
export function physicalName({ stackName, logicalId, suffix = nameSuffix() }: Pick<ResourceContext, 'stackName' | 'logicalId' | 'suffix'>, longest: number): string {
  const room = longest - 12 - 2;
  const logical = logicalId.slice(0, Math.max(room - stackName.length, Math.ceil(room / 2)));
  const stack = stackName.slice(0, room - logical.length);
  return `${stack}-${logical}-${suffix}`;
}

/** How a resource will be called that is about to be made. */
export type NameOf = (context: ResourceContext, properties: JsonObject) => string;

/**
 * The name that `property` gives, or the one that CloudFormation makes up.
 *
 * @param longest characters of one that is made up
 */
export function namedBy(property: string, longest: number): NameOf {
  return (context, properties) => textProperty(properties, property) ?? physicalName(context, longest);
}
