import type { Assembly, AssemblyStack } from '../assembly/assembly';
import { auditAssembly } from '../assembly/audit';
import { accountOfStacks } from '../checks/account-of-stacks';
import { assembly as assemblyCheck } from '../checks/assembly';
import { checkBootstrapOfStacks, type BootstrapPlace } from '../checks/bootstrap';
import type { CheckResult } from '../checks/check';
import { readToolchain, schemaOfAssembly } from '../checks/read-toolchain';
import { toolchain } from '../checks/toolchain';
import { bootstrapAccess } from './bootstrap-access';
import { seeToBootstraps } from './bootstrap-first';
import { softened } from './missing-bootstrap';
import type { Run } from './run';
import { show, verifyNoneFailed } from './run-checks';
import type { Session } from './session';

/** What of the assembly is used. */
export interface Used {
  /** Those that CDK will take: another's account and bootstrap do not matter, its files do. All where absent. */
  readonly stacks?: readonly AssemblyStack[];
  /** Whether a bootstrap that is missing is made, as a deploy does. */
  readonly bootstraps?: boolean;
  /** Whether the deploy is yet to come: a bootstrap that it makes by itself then only warns. */
  readonly ahead?: boolean;
}

/**
 * Steps 5 and 6: the audit, and the checks that need the assembly. What passed before the synthesis and still does
 * is not said twice.
 *
 * @throws Failure of the first check that failed
 */
export async function checkAssembly(run: Run, session: Session | null, assembly: Assembly, { stacks = assembly.stacks, bootstraps = false, ahead = false }: Used = {}): Promise<void> {
  const started = performance.now();
  const findings = await run.screen.busy('Searching the assembly for credentials', () => auditAssembly(assembly.directory, session?.proof.credentials ?? null, session?.exchanged?.proof.credentials ?? null));
  const searchedMs = performance.now() - started;
  const tools = readToolchain(run.surroundings.projectDirectory);
  const results: CheckResult[] = [
    await assemblyCheck.run({ assembly, findings }),
    await toolchain.run({ ...tools, schema: schemaOfAssembly(assembly.directory) ?? tools.schema }),
  ];
  const places = session === null ? null : await run.screen.busy('Checking the accounts of the stacks', () => checkPlaces(run, session, stacks));
  if (places !== null && session !== null) results.push(places.account, ahead ? softened(places.bootstrap, session) : places.bootstrap);
  for (const result of results) {
    const before = run.record.checks.find(({ id }) => id === result.id);
    if (before?.status === 'pass' && result.status !== 'fail' && result.status !== 'warn') continue;
    show(run, result, result.id === 'assembly' ? searchedMs : 0);
  }
  const seenTo = bootstraps && session !== null && places !== null && places.missing.length > 0;
  verifyNoneFailed(seenTo ? results.filter((result) => result !== places.bootstrap) : results);
  if (seenTo && !await seeToBootstraps(run, session, places.missing)) verifyNoneFailed(results);
}

interface Places {
  readonly account: CheckResult;
  readonly bootstrap: CheckResult;
  readonly missing: readonly BootstrapPlace[];
}

/** Whether the accounts that stacks go to let these credentials in, and have what CDK needs there. */
async function checkPlaces(run: Run, session: Session, stacks: readonly AssemblyStack[]): Promise<Places> {
  const access = bootstrapAccess(run, session);
  const { result: account, refused } = await accountOfStacks(access.placed(stacks));
  const { result: bootstrap, missing } = await checkBootstrapOfStacks(access.subject, stacks.filter(({ id }) => !refused.has(id)).map(access.bootstrapped));
  return { account, bootstrap, missing };
}
