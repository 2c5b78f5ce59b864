import type { CheckResult } from '../checks/check';
import type { Failure } from '../failures/failure';
import type { Summary } from '../terminal/summary-text';
import type { Report, ReportedCredentials } from '../terminal/report';
import type { SourceLook } from '../credentials/find';
import type { Region } from '../credentials/source';
import type { Identity } from '../identity/identity';

/** What has been found out so far in this run. Filled in as it goes on, and reported whatever happens. */
export interface RunRecord {
  /** The name of the environment that the run is for. */
  environment: string | null;
  identity: Identity | null;
  region: Region | null;
  credentials: ReportedCredentials | null;
  /** Every source that was looked at, in that order; with `--verbose`. */
  sources: readonly SourceLook[] | null;
  readonly checks: CheckResult[];
  /** What a deploy has done; `null` where there was none. */
  deployed: Summary | null;
}

/** A record of a run that has found out nothing yet. */
export function emptyRecord(): RunRecord {
  return { environment: null, identity: null, region: null, credentials: null, sources: null, checks: [], deployed: null };
}

/** The later result of a check replaces the earlier one. */
export function addCheck(record: RunRecord, result: CheckResult): void {
  const index = record.checks.findIndex(({ id }) => id === result.id);
  if (index === -1) record.checks.push(result);
  else record.checks[index] = result;
}

/**
 * What `--json` prints of a run.
 *
 * @param failure that ended it; `null` where it succeeded
 */
export function reportOf(record: RunRecord, failure: Failure | null, durationMs: number): Report {
  return {
    ok: failure === null,
    ...(record.environment === null ? {} : { environment: record.environment }),
    identity: record.identity,
    region: record.region,
    credentials: record.credentials,
    ...(record.sources === null ? {} : { sources: record.sources }),
    checks: record.checks.map(({ id, status, message, fix }) => ({ id, status, message, fix })),
    error: failure === null ? null : { code: failure.code, message: failure.message, fix: failure.fix },
    exitCode: failure?.exitCode ?? 0,
    durationMs: Math.round(durationMs),
  };
}
