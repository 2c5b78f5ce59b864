import type { CheckResult } from './check';
import { fail } from './result';

/** Credentials of another account than `wanted` will do nothing right. */
export function wrongAccount(message: string, wanted: string): CheckResult {
  return fail('account', 'WRONG_ACCOUNT', message, `Switch to credentials of account ${wanted}: add -- --profile NAME (npm run preflight -- --list-profiles shows whose account each is), or export that account's keys.`);
}
