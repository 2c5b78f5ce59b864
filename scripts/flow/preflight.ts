import { checkAssembly } from './check-assembly';
import { makeAssembly } from './make-assembly';
import { preflight as proveAndCheck } from './prepare';
import { softened } from './bootstrap-first';
import { authorityOf } from './hand-over';
import { verifyNoneFailed } from './run-checks';
import type { Run } from './run';
import { publish } from '../cdk/publish';

/** `npm run preflight`: steps 1 to 3, with `--synth` to 6. Changes nothing. */
export async function preflight(run: Run): Promise<void> {
  const { session, results } = await proveAndCheck(run);
  verifyNoneFailed(results.map((result) => softened(result, session)));
  if (run.options.synth || run.options.assembly !== undefined) {
    const { assembly, fresh } = await makeAssembly(run, authorityOf(session));
    await checkAssembly(run, session, assembly);
    if (fresh) publish(assembly, run.surroundings.projectDirectory);
  }
}
