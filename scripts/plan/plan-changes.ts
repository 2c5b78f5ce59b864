import { readFile } from 'node:fs/promises';
import type { AssemblyStack } from '../assembly/assembly';
import { placeOf, type StackPlace } from '../assembly/stack-place';
import { usage } from '../failures/failure';
import type { PlanClients } from './clients';
import { deployedTemplate } from './deployed-template';
import { stackChange, type StackChange } from './stack-change';
import { parseTemplate, type Template } from './template';

/** A stack, and what a deploy would do to it. */
export interface PlannedStack {
  readonly stack: AssemblyStack;
  readonly change: StackChange;
}

/**
 * What a deploy would do to each of `stacks`, in their order; AWS is only read, for all of them at once. A stack that
 * names no region of its own is looked for in the run's.
 *
 * @throws Failure USAGE where the assembly, which somebody else may have made, lacks a template
 */
export function planChanges(stacks: readonly AssemblyStack[], run: StackPlace, clients: PlanClients): Promise<readonly PlannedStack[]> {
  return Promise.all(
    stacks.map(async (stack) => {
      const [deployed, next] = await Promise.all([deployedTemplate(stack, placeOf(stack, run), clients), templateOf(stack)]);
      return { stack, change: await stackChange(deployed, next) };
    }),
  );
}

async function templateOf({ id, templateFile }: AssemblyStack): Promise<Template> {
  try {
    return parseTemplate(await readFile(templateFile, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`The assembly has no template for the stack ${id}: ${templateFile} ${code === undefined ? 'holds no JSON object' : `cannot be read (${code})`}.`, 'Make the assembly anew: npm run synth');
  }
}
