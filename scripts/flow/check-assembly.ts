import type { Assembly } from '../assembly/assembly';
import { auditAssembly } from '../assembly/audit';
import { accountOfStacks } from '../checks/account';
import { assembly as assemblyCheck } from '../checks/assembly';
import { checkBootstrapOfStacks } from '../checks/bootstrap';
import type { CheckResult } from '../checks/check';
import type { Session } from './find-and-prove';
import { bootstrapSubject, show, verifyNoneFailed } from './run-checks';
import type { Run } from './run';

/**
 * Steps 5 and 6: the audit, and the checks that need the assembly. What passed before the synthesis and still does
 * is not said twice.
 *
 * @throws Failure of the first check that failed
 */
export async function checkAssembly(run: Run, session: Session | null, assembly: Assembly): Promise<void> {
  const findings = auditAssembly(assembly.directory, session?.proof.credentials ?? null);
  const results: CheckResult[] = [await assemblyCheck.run({ assembly, findings: await findings })];
  if (session !== null) {
    results.push(await accountOfStacks.run({ account: session.proof.identity.account, assembly }));
    results.push(await checkBootstrapOfStacks(bootstrapSubject(run, session), assembly));
  }
  for (const result of results) {
    const before = run.record.checks.find(({ id }) => id === result.id);
    if (before?.status === 'pass' && result.status !== 'fail' && result.status !== 'warn') continue;
    show(run, result);
  }
  verifyNoneFailed(results);
}
