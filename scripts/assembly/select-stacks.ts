import type { AssemblyStack } from './assembly';

/** CDK's patterns: `*` within one part of the id, `**` across parts. */
function matches(pattern: string, id: string): boolean {
  const expression = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('?', '[^/]').replaceAll(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^/]*'));
  return new RegExp(`^${expression}$`).test(id);
}

/** The stacks that CDK would act on: those that `patterns` name, and what they depend on is CDK's to add; all where there is no pattern. */
export function selectStacks(stacks: readonly AssemblyStack[], patterns: readonly string[]): readonly AssemblyStack[] {
  return patterns.length === 0 ? stacks : stacks.filter(({ id, name }) => patterns.some((pattern) => matches(pattern, id) || pattern === name));
}
