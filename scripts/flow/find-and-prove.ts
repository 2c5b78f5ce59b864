import { accountOfKey } from '../checks/account';
import type { CheckResult } from '../checks/check';
import { identityCheck } from '../checks/identity';
import { region as regionCheck } from '../checks/region';
import { pass, fail, warn } from '../checks/result';
import { ciSystemOf } from '../ci/systems';
import { missingCredentials } from '../credentials/advice';
import { endpointOf } from '../credentials/connection/aws-client';
import { unencryptedEndpoints } from '../credentials/connection/unencrypted';
import type { Finding } from '../credentials/find';
import { noRegion } from '../credentials/no-region';
import { resolveRegion, verifyRegionShape } from '../credentials/region';
import type { Credentials, Found, Region } from '../credentials/source';
import type { CheckId } from '../failures/check-ids';
import { Failure } from '../failures/failure';
import { proveIdentity } from '../identity/prove';
import { isLongEnough, shortestSecret } from '../secrets/encodings';
import { maskAccessKeyId } from '../secrets/key-shapes';
import { agreeToPlainHttp } from './agree-unencrypted';
import { findAndTell } from './find-and-tell';
import { expectedAccount, guardRails } from './guard-rails';
import { withLogin } from './log-in';
import type { Run } from './run';
import { addCheck } from './record';
import type { Session } from './session';

/**
 * Steps 1 and 2: finds credentials, asks a person where there are none, proves them with STS.
 *
 * @throws Failure; the check that it belongs to has then failed in the record
 */
export async function findAndProve(run: Run): Promise<Session> {
  const finding = await recorded(run, 'credentials', () => findAndTell(run));
  for (const warning of finding.warnings) run.screen.line(warning);
  if (finding.kind === 'none') return askInstead(run, finding);
  const region = await recorded(run, 'region', () => regionOf(run, finding.found));
  run.record.region = region;
  await recorded(run, 'identity', () => agreeToPlainHttp(run, finding.found)); // a role, a token or a login is sent before the proof
  let started = 0;
  const session = await withLogin(run, finding.found, async (found): Promise<Session> => {
    await verifyWithoutCall(run, found, region);
    started = performance.now();
    const proof = await recorded(run, 'identity', () => proveIdentity(found, region, (call) => run.screen.busy('Asking AWS STS whose the credentials are', call)));
    return { found, region, proof, typed: false };
  });
  await report(run, session, finding, performance.now() - started);
  return session;
}

async function askInstead(run: Run, finding: Extract<Finding, { kind: 'none' }>): Promise<Session> {
  if (!run.canAsk) return recorded(run, 'credentials', () => { throw missingCredentials(finding.looked, run.target?.environment.name ?? null, ciSystemOf(run.surroundings.environment)); });
  const { askPerson } = await import('./ask-person');
  const session = await askPerson(run, finding.looked);
  await report(run, session, { shadowed: [], warnings: [] });
  return session;
}

/** An emulator's partition is none. */
function checkRegion({ configuration }: Run, found: Found, region: Region, partition: string | null): CheckResult | Promise<CheckResult> {
  return regionCheck.run({ region, allowed: guardRails(configuration, found).regions, partition, endpoint: endpointOf(found.aws, 'sts') });
}

/**
 * What can be told before STS is asked: whether the region is one and allowed, and, from the key id, the account.
 *
 * @throws Failure
 */
async function verifyWithoutCall(run: Run, found: Found, region: Region): Promise<void> {
  await recorded(run, 'region', async () => verifyNotFailed(await checkRegion(run, found, region, null)));
  const { accessKeyId } = await recorded(run, 'identity', () => found.provider()); // it may ask a person, whose time is none of the proof's
  if (endpointOf(found.aws, 'sts') !== null) return; // whose ids are their own affair
  await recorded(run, 'account', async () => verifyNotFailed(await accountOfKey.run({ accessKeyId, configuration: run.configuration, expectedAccount: expectedAccount(run, found) })));
}

function verifyNotFailed(result: CheckResult): void {
  if (result.status === 'fail') throw new Failure(result);
}

async function regionOf(run: Run, found: Found): Promise<Region> {
  const known = resolveRegion(run.surroundings, found);
  if (known !== null) {
    verifyRegionShape(known.value);
    return known;
  }
  if (!run.canAsk) throw noRegion(found);
  const { askRegion } = await import('./ask-person');
  return askRegion(run, found);
}

/** Runs a stage; where it fails, so does its check. */
async function recorded<Result>(run: Run, id: CheckId, stage: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await stage();
  } catch (error) {
    if (error instanceof Failure) addCheck(run.record, fail(id, error.code, error.message, error.fix));
    throw error;
  }
}

/**
 * @param provedMs how long the proof took
 * @throws Failure where the region is none of the identity's partition, or not allowed
 */
async function report(run: Run, { found, region, proof }: Session, { shadowed, warnings }: Pick<Extract<Finding, { kind: 'found' }>, 'shadowed' | 'warnings'>, provedMs = 0): Promise<void> {
  const { credentials, kind, identity } = proof;
  run.record.identity = identity;
  run.record.region = region;
  const expiration = credentials.expiration?.toISOString() ?? null;
  const accessKeyId = maskAccessKeyId(credentials.accessKeyId);
  run.record.credentials = { source: found.source, profile: found.profile, kind, accessKeyId, expiration, shadowed };
  const ignored = shadowed.length === 0 ? '' : `; ignored: ${shadowed.join(', ')}`;
  const said = `${found.title}: ${accessKeyId}${ignored}${unprotected(credentials)}`;
  const checked = await checkRegion(run, found, region, identity.partition);
  for (const check of [
    pass('credentials', said),
    checked,
    identityCheck(proof, unencryptedEndpoints(found, run.surroundings.environment)),
  ]) {
    addCheck(run.record, check);
    run.screen.check(check, check.id === 'identity' ? provedMs : 0);
  }
  // A person has read them above; who reads only the record has not.
  if (warnings.length > 0) addCheck(run.record, warn('credentials', `${said}. ${warnings.join(' ')}`, null));
  verifyNotFailed(checked);
}

/** What emulators take for a key is too short to be told from other text. */
function unprotected({ secretAccessKey, sessionToken }: Credentials): string {
  const short = [...(isLongEnough(secretAccessKey) ? [] : ['secret']), ...(sessionToken === undefined || isLongEnough(sessionToken) ? [] : ['session token'])];
  return short.length === 0 ? '' : `; its ${short.join(' and its ')}, under ${shortestSecret} characters, ${short.length === 1 ? 'is' : 'are'} neither searched for nor redacted`;
}
