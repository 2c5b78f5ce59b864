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
import { readSourceSecrets } from '../checks/read-source-secrets';
import { readToolchain } from '../checks/read-toolchain';
import { skip } from '../checks/result';
import { sourceSecrets } from '../checks/source-secrets';
import { toolchain } from '../checks/toolchain';
import type { Credentials } from '../credentials/source';
import { Failure } from '../failures/failure';
import type { Session } from './session';
import { bootstrapAccess } from './bootstrap-access';
import { expectedAccount, guardRails } from './guard-rails';
import { hasAssembly, isMissingBootstrap } from './missing-bootstrap';
import { addCheck } from './record';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';

/** Prints and records a result. */
export function show(run: Run, result: CheckResult, tookMs?: number): void {
  addCheck(run.record, result);
  run.screen.check(result, tookMs);
}

/** @throws Failure of the first result that failed */
export function verifyNoneFailed(results: readonly CheckResult[]): void {
  for (const result of results) {
    if (result.status === 'fail') throw new Failure({ code: result.code, message: result.message, fix: result.fix });
  }
}

/** @throws Failure WRONG_ACCOUNT: for a command that makes no other check */
export async function verifyAccount(run: Run, { found, proof }: Session): Promise<void> {
  const result = await account.run({ proof, found, configuration: guardRails(run.configuration, found), expectedAccount: expectedAccount(run, found) });
  addCheck(run.record, result);
  verifyNoneFailed([result]);
}

/**
 * The checks of step 3 that need no proven credentials. They can run while those are looked for.
 *
 * @param inUse what must not stand in the source; `null` where there is none
 */
export async function runLocalChecks({ surroundings, configuration, cache, canAsk }: Run, inUse: Promise<Credentials | null>): Promise<readonly CheckResult[]> {
  const scan = readSourceSecrets({ ...surroundings, cache, credentials: inUse }).then((read) => sourceSecrets(read, configuration.allowFindings ?? []));
  scan.catch(() => undefined); // it is awaited below
  if (canAsk) await inUse; // a person may have had `.env` written, or .gitignore, meanwhile
  const file = await readEnvFile(surroundings);
  return Promise.all([gitignore.run(file), envFile.run(file), scan, toolchain.run(readToolchain(surroundings.projectDirectory))]);
}

/** Starts the checks of step 3 that look at proven credentials, side by side. They are in the order of the report. */
export function runChecks(run: Run, session: Session): readonly (CheckResult | Promise<CheckResult>)[] {
  const { surroundings } = run;
  const configuration = guardRails(run.configuration, session.found);
  const proven: Proven = { surroundings, configuration, expectedAccount: expectedAccount(run, session.found), host: readHost(surroundings.environment), ...session };
  const { proof, found } = session;
  const age = keyAge(() => readKeyAge(proof.credentials, found.aws, proof.identity.partition));
  const ofAccount = Promise.resolve(account.run(proven));
  return [keyKind.run(proven), age.run(proven), expiry().run(proven), ofAccount, ofAccount.then((result) => bootstrapUnlessWrong(run, session, result))];
}

/** Nobody is to bootstrap an account that they did not mean. */
async function bootstrapUnlessWrong(run: Run, session: Session, ofAccount: CheckResult): Promise<CheckResult> {
  if (ofAccount.status === 'fail') return skip('bootstrap', 'the account is not the one expected');
  const result = await checkBootstrap(bootstrapAccess(run, session).subject, run.configuration.qualifier);
  const alone = isMissingBootstrap(result) && !hasAssembly(run);
  return alone ? { ...result, fix: `${result.fix}\n${npmRun('preflight', leadingTo(run.options, session), '--synth')}   (tells whether a stack goes there at all)` } : result;
}
