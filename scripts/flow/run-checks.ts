import { account } from '../checks/account';
import { checkBootstrap } from '../checks/bootstrap';
import type { CheckResult, Proven } from '../checks/check';
import { envFile } from '../checks/env-file';
import { expiry } from '../checks/expiry';
import { gitignore } from '../checks/gitignore';
import { keyAge } from '../checks/key-age';
import { keyKind } from '../checks/key-kind';
import { readEnvFile } from '../checks/read-env-file';
import { readHost } from '../checks/read-host';
import { readKeyAge } from '../checks/read-key-age';
import { readToolchain } from '../checks/read-toolchain';
import { toolchain } from '../checks/toolchain';
import { Failure } from '../failures/failure';
import type { Session } from './session';
import { bootstrapAccess } from './bootstrap-access';
import { expectedAccount, guardRails } from './guard-rails';
import { addCheck } from './record';
import type { Run } from './run';

/** Prints and records a result. */
export function show(run: Run, result: CheckResult): void {
  addCheck(run.record, result);
  run.screen.check(result);
}

/** @throws Failure of the first result that failed */
export function verifyNoneFailed(results: readonly CheckResult[]): void {
  for (const result of results) {
    if (result.status === 'fail') throw new Failure({ code: result.code, message: result.message, fix: result.fix });
  }
}

/** @throws Failure WRONG_ACCOUNT: for a command that makes no other check */
export async function verifyAccount(run: Run, { found, proof }: Session): Promise<void> {
  const result = await account.run({ proof, configuration: guardRails(run.configuration, found), expectedAccount: expectedAccount(run, found) });
  addCheck(run.record, result);
  verifyNoneFailed([result]);
}

/** The checks of step 3 that need no credentials. They can run while those are looked for. */
export async function runLocalChecks({ surroundings }: Run): Promise<readonly CheckResult[]> {
  const file = await readEnvFile(surroundings);
  return Promise.all([gitignore.run(file), envFile.run(file), toolchain.run(readToolchain(surroundings.projectDirectory))]);
}

/** The checks of step 3 that look at proven credentials, side by side, in the order of the report. None is left out where another fails. */
export async function runChecks(run: Run, session: Session): Promise<readonly CheckResult[]> {
  const { surroundings } = run;
  const configuration = guardRails(run.configuration, session.found);
  const proven: Proven = { surroundings, configuration, expectedAccount: expectedAccount(run, session.found), host: readHost(surroundings.environment), ...session };
  const { proof, found } = session;
  const age = keyAge(() => readKeyAge(proof.credentials, found.aws, proof.identity.partition));
  return Promise.all([keyKind.run(proven), age.run(proven), expiry().run(proven), account.run(proven), checkBootstrap(bootstrapAccess(run, session).subject, configuration.qualifier)]);
}
