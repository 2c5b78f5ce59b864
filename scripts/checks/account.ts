import type { TargetEnvironment } from '../configuration/target-environment';
import { accountOfKeyId } from '../secrets/account-of-key';
import type { Check, CheckResult, Proven } from './check';
import type { ExpectedAccount } from './expected-account';
import { fail, pass, skip } from './result';
import { profilesCommand, wrongAccount } from './wrong-account';

/** The profile or the keys are of another account than the environment that they are used for. */
function wrongEnvironment(actual: string, { account, environment: { name, profile } }: ExpectedAccount & { readonly environment: TargetEnvironment }, environments: readonly TargetEnvironment[]): CheckResult {
  const where = `environments.${name} in cdk.json`;
  const others = environments.filter((other) => other.account === actual).map((other) => `${other.name}: add -- --env ${other.name}`);
  const fix = profile === null
    ? `Export keys of account ${account}, or give the environment a profile of it: "profile" of ${where}.\n${profilesCommand}`
    : `Profile ${profile} leads to another account: log in there with account ${account}, or correct "profile" or "account" of ${where}.`;
  return fail('account', 'WRONG_ACCOUNT', `The credentials are of account ${actual}, and the environment ${name} is account ${account}.`, [fix, ...(others.length === 0 ? [] : [`For the environment that account ${actual} is, ${others.join('; ')}`])].join('\n'));
}

type Expected = Pick<Proven, 'configuration' | 'expectedAccount'>;

/** The same from the key id alone, before anybody is asked: most ids hold their account. */
export const accountOfKey: Check<Expected & { readonly accessKeyId: string }> = {
  id: 'account',
  run({ accessKeyId, ...expected }) {
    const actual = accountOfKeyId(accessKeyId);
    return actual === null ? skip('account', 'the key id does not tell its account') : judge(actual, expected);
  },
};

/** That the credentials are of the account that `--env`, `--account` and the configuration expect. */
export const account: Check<Expected & Pick<Proven, 'proof' | 'found'>> = {
  id: 'account',
  run({ proof: { identity: { account: actual } }, found, ...expected }) {
    const result = judge(actual, expected);
    return result.status === 'fail' && found.source === 'local' ? { ...result, fix: `The local AWS has no account but ${actual}: leave --account out, or --local.` } : result;
  },
};

function judge(actual: string, { configuration, expectedAccount }: Expected): CheckResult {
  const allowed = configuration.accounts;
  if (expectedAccount !== null && expectedAccount.account !== actual) {
    const { account: expected, environment } = expectedAccount;
    if (environment !== null) return wrongEnvironment(actual, { account: expected, environment }, configuration.environments);
    return wrongAccount(`The credentials are of account ${actual}, and --account expects ${expected}.`, expected);
  }
  if (allowed.length > 0 && !allowed.includes(actual)) {
    return wrongAccount(`The credentials are of account ${actual}, and context.takeoff.accounts in cdk.json allows only ${allowed.join(', ')}.`, allowed.join(' or '));
  }
  const environment = expectedAccount?.environment ?? null;
  if (environment !== null) return pass('account', `${actual}, as the environment ${environment.name} has it`);
  const guarded = expectedAccount !== null || allowed.length > 0;
  return pass('account', guarded ? `${actual}, as expected` : `${actual}; --account or context.takeoff.accounts would guard it`);
}
