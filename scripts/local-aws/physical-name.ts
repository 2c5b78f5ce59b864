import { randomBytes } from 'node:crypto';
import type { ResourceContext } from './resource';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Twelve characters that no other name ends with. */
export function nameSuffix(): string {
  return [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/**
 * The name that CloudFormation makes up: stack, logical id and twelve random characters, the first two cut
 * where the whole would be longer than `longest`.
 */
export function physicalName({ stackName, logicalId, suffix = nameSuffix() }: Pick<ResourceContext, 'stackName' | 'logicalId' | 'suffix'>, longest: number): string {
  const room = longest - 12 - 2;
  const logical = logicalId.slice(0, Math.max(room - stackName.length, Math.ceil(room / 2)));
  const stack = stackName.slice(0, room - logical.length);
  return `${stack}-${logical}-${suffix}`;
}
