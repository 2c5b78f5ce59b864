import { readFile } from 'node:fs/promises';
import type { AssemblyStack } from '../assembly/assembly';
import type { PlanClients } from './clients';
import { deployedTemplate } from './deployed-template';
import type { Place } from './role-arn';
import { stackChange, type StackChange } from './stack-change';
import { parseTemplate } from './template';

export interface PlannedStack {
  readonly stack: AssemblyStack;
  readonly change: StackChange;
}

/**
 * What a deploy would do to each of `stacks`, in their order; AWS is only read, for all of them at once. A stack that
 * names no region of its own is looked for in the run's.
 */
export function planChanges(stacks: readonly AssemblyStack[], run: Place, clients: PlanClients): Promise<readonly PlannedStack[]> {
  return Promise.all(
    stacks.map(async (stack) => {
      const place: Place = { partition: run.partition, account: stack.account ?? run.account, region: stack.region ?? run.region };
      const [deployed, text] = await Promise.all([deployedTemplate(stack, place, clients), readFile(stack.templateFile, 'utf8')]);
      return { stack, change: await stackChange(deployed, parseTemplate(text)) };
    }),
  );
}
