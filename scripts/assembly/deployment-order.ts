import type { AssemblyStack } from './assembly';

/** `stacks` so that each comes after those that it depends on, otherwise in the order in which they are. */
export function inDeploymentOrder(stacks: readonly AssemblyStack[]): AssemblyStack[] {
  const waiting = new Map(stacks.map((stack) => [stack.id, stack]));
  const ordered: AssemblyStack[] = [];
  const take = (stack: AssemblyStack): void => {
    waiting.delete(stack.id);
    for (const id of stack.dependsOn ?? []) {
      const before = waiting.get(id);
      if (before !== undefined) take(before);
    }
    ordered.push(stack);
  };
  for (const stack of stacks) {
    if (waiting.has(stack.id)) take(stack);
  }
  return ordered;
}
