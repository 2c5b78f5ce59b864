import type { Assembly } from '../assembly/assembly';
import { publish } from '../cdk/publish';
import { authorityOf } from './authority-of';
import { checkAssembly } from './check-assembly';
import { makeAssembly } from './make-assembly';
import type { Run } from './run';
import type { Session } from './session';

/**
 * Steps 4 to 6: the assembly of this run, checked for what a deploy would fail at.
 *
 * @throws Failure
 */
export async function synthesized(run: Run, session: Session): Promise<Assembly> {
  const { assembly, fresh } = await makeAssembly(run, authorityOf(session));
  await checkAssembly(run, session, assembly, { ahead: true });
  return fresh ? publish(assembly, run.surroundings.projectDirectory) : assembly;
}
