import { usage } from '../failures/failure';

/** What of a glob each sign matches. `*` stops at a slash, which separates stages. */
function regexOf(sign: string): string {
  if (sign === '**') return '.*';
  if (sign === '*') return '[^/]*';
  if (sign === '?') return '[^/]';
  if (sign === '{') return '(?:';
  if (sign === '}') return ')';
  if (sign === ',') return '|';
  return sign.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/**
 * A stack name with wildcards, as CDK's picomatch reads it: `*`, `**`, `?` and `{a,b}`.
 *
 * @throws Failure USAGE for the rarer signs, which CDK may read otherwise than we do
 */
export function stackPattern(pattern: string): (id: string) => boolean {
  if (/[[\]()!|\\+@]/.test(pattern)) throw usage(`The stack name ${pattern} has signs that are not understood here.`, 'Name the stacks, or use *, **, ? and {a,b}.');
  if (/[{},]/.test(pattern.replace(/\{[^{}]*\}/g, ''))) throw usage(`The braces of the stack name ${pattern} do not match.`, 'Write alternatives as {a,b}.');
  const signs = pattern.match(/\*\*|[^]/g) ?? [];
  const expression = new RegExp(`^${signs.map(regexOf).join('')}$`);
  return (id) => expression.test(id);
}
