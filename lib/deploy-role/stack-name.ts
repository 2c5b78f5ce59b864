import { createHash } from 'node:crypto';

const longest = 128;

/**
 * A name for CloudFormation that no other `parts` have, so that one role never becomes another's: where letters had to
 * be replaced it ends with a hash. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function stackNameFor(id: string, parts: readonly string[]): string {
  const name = `${id}-${parts.map((part) => part.replaceAll(/[^A-Za-z0-9]+/g, '-')).join('--')}`;
  const isExact = name.length <= longest && parts.every((part) => /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/.test(part));
  if (isExact) return name;
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
  return `${name.slice(0, longest - hash.length - 1)}-${hash}`;
}
