import type { Assembly, AssemblyStack } from '../assembly/assembly';
import { auditAssembly } from '../assembly/audit';
import { accountOfStacks } from '../checks/account';
import { assembly as assemblyCheck } from '../checks/assembly';
import { checkBootstrapOfStacks } from '../checks/bootstrap';
import type { CheckResult } from '../checks/check';
import { readToolchain, schemaOfAssembly } from '../checks/read-toolchain';
import { toolchain } from '../checks/toolchain';
import type { Session } from './session';
import { bootstrapSubject, show, verifyNoneFailed } from './run-checks';
import type { Run } from './run';

/**
 * Steps 5 and 6: the audit, and the checks that need the assembly. What passed before the synthesis and still does
 * is not said twice.
 *
 * @param stacks those that CDK will take: another's account and bootstrap do not matter, its files do
 * @throws Failure of the first check that failed
 */
export async function checkAssembly(run: Run, session: Session | null, assembly: Assembly, stacks: readonly AssemblyStack[] = assembly.stacks): Promise<void> {
  const findings = auditAssembly(assembly.directory, session?.proof.credentials ?? null);
  const tools = readToolchain(run.surroundings.projectDirectory);
  const results: CheckResult[] = [
    await assemblyCheck.run({ assembly, findings: await findings }),
    await toolchain.run({ ...tools, schema: schemaOfAssembly(assembly.directory) ?? tools.schema }),
  ];
  if (session !== null) {
    results.push(await accountOfStacks.run({ account: session.proof.identity.account, stacks }));
    results.push(await checkBootstrapOfStacks(bootstrapSubject(run, session), stacks));
  }
  for (const result of results) {
    const before = run.record.checks.find(({ id }) => id === result.id);
    if (before?.status === 'pass' && result.status !== 'fail' && result.status !== 'warn') continue;
    show(run, result);
  }
  verifyNoneFailed(results);
}
