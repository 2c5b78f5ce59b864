import type { FailureCode } from '../failures/exit-codes';
import type { CheckId } from '../failures/check-ids';
import type { CheckResult } from './check';

export function pass(id: CheckId, message: string): CheckResult {
  return { id, status: 'pass', message, fix: null };
}

export function warn(id: CheckId, message: string, fix: string | null): CheckResult {
  return { id, status: 'warn', message, fix };
}

/** @param why what made the check unnecessary or impossible */
export function skip(id: CheckId, why: string): CheckResult {
  return { id, status: 'skip', message: why, fix: null };
}

export function fail(id: CheckId, code: FailureCode, message: string, fix: string): CheckResult {
  return { id, status: 'fail', message, fix, code };
}
