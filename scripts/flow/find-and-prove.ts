import { pass, fail } from '../checks/result';
import type { CheckId } from '../checks/check';
import { missingCredentials } from '../credentials/advice';
import { findCredentials, type Finding } from '../credentials/find';
import { noRegion } from '../credentials/no-region';
import { resolveRegion, verifyRegionShape } from '../credentials/region';
import { sourcesInOrder } from '../credentials/sources';
import type { Found, Region } from '../credentials/source';
import { Failure } from '../failures/failure';
import { proveIdentity, type Proof } from '../identity/prove';
import { maskAccessKeyId } from '../secrets/key-shapes';
import { askPerson, askRegion } from './ask-person';
import type { Run } from './run';
import { addCheck } from './record';

/** Credentials that STS has accepted, and where they are used. Nothing later runs without. */
export interface Session {
  readonly found: Found;
  readonly region: Region;
  readonly proof: Proof;
  /** Whether the person typed them in this very run, and so has said that they are to be used. */
  readonly typed: boolean;
  /** The profile that the person chose from the list in this run. */
  readonly chosenProfile?: string;
}

/**
 * Steps 1 and 2: finds credentials, asks a person where there are none, proves them with STS.
 *
 * @throws Failure; the check that it belongs to has then failed in the record
 */
export async function findAndProve(run: Run): Promise<Session> {
  const finding = await recorded(run, 'credentials', () => findCredentials(sourcesInOrder(run.openLocal), run.surroundings));
  for (const warning of finding.warnings) run.screen.line(warning);
  if (finding.kind === 'none') return askInstead(run, finding);
  const { found } = finding;
  const region = await recorded(run, 'region', () => regionOf(run, found));
  run.record.region = region;
  const proof = await recorded(run, 'identity', () => proveIdentity(found, region));
  report(run, { found, region, proof, typed: false }, finding.shadowed);
  return { found, region, proof, typed: false };
}

async function askInstead(run: Run, finding: Extract<Finding, { kind: 'none' }>): Promise<Session> {
  if (!run.canAsk) return recorded(run, 'credentials', () => { throw missingCredentials(finding.looked); });
  const session = await askPerson(run, finding.looked);
  report(run, session, []);
  return session;
}

async function regionOf(run: Run, found: Found): Promise<Region> {
  const known = resolveRegion(run.surroundings, found);
  if (known !== null) {
    verifyRegionShape(known.value);
    return known;
  }
  if (!run.canAsk) throw noRegion(found);
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

function report(run: Run, { found, region, proof }: Session, shadowed: readonly string[]): void {
  const { credentials, kind, identity } = proof;
  run.record.identity = identity;
  run.record.region = region;
  const expiration = credentials.expiration?.toISOString() ?? null;
  const accessKeyId = maskAccessKeyId(credentials.accessKeyId);
  run.record.credentials = { source: found.source, profile: found.profile, kind, accessKeyId, expiration, shadowed };
  const ignored = shadowed.length === 0 ? '' : `; ignored: ${shadowed.join(', ')}`;
  for (const check of [
    pass('credentials', `${found.title}: ${accessKeyId}${ignored}`),
    pass('region', `${region.value} (${region.source})`),
    pass('identity', identity.arn),
  ]) {
    addCheck(run.record, check);
    run.screen.check(check);
  }
}
