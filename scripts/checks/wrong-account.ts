import type { CheckResult } from './check';
import { fail } from './result';

/** How a person finds the profile of an account. */
export const profilesCommand = 'npm run preflight -- --list-profiles   (shows whose account each is)';

/** Credentials of another account than `wanted` will do nothing right. */
export function wrongAccount(message: string, wanted: string): CheckResult {
  return fail('account', 'WRONG_ACCOUNT', message, `Switch to credentials of account ${wanted}: add -- --profile NAME, or export its keys.\n${profilesCommand}`);
}
