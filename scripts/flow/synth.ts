import { publish } from '../cdk/publish';
import { checkAssembly } from './check-assembly';
import { makeAssembly } from './make-assembly';
import type { Run } from './run';
import { npmRun, sameOptions } from './same-command';

/** `npm run synth`: steps 4 and 5. It needs no credentials, and asks for none. */
export async function synth(run: Run): Promise<void> {
  const { assembly, fresh } = await makeAssembly(run, null);
  await checkAssembly(run, null, assembly);
  const { directory } = fresh ? publish(assembly, run.surroundings.projectDirectory) : assembly;
  run.screen.line(`The cloud assembly is in ${directory}.`);
  const [first] = assembly.stacks;
  if (run.options.stacks.length === 0 && first !== undefined) run.screen.line(`  ${npmRun('synth', first.id, sameOptions(run.options))}   (prints a template)`);
}
