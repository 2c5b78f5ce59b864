import type { Assembly } from '../assembly/assembly';
import type { Check, CheckResult, Proven } from './check';
import { fail, pass } from './result';

function wrongAccount(message: string, wanted: string): CheckResult {
  return fail('account', 'WRONG_ACCOUNT', message, `Switch to credentials of account ${wanted}: add -- --profile NAME (aws configure list-profiles shows the names), or export that account's keys.`);
}

/** That the credentials are of the account that `--account` and the configuration expect. */
export const account: Check<Pick<Proven, 'proof' | 'configuration' | 'expectedAccount'>> = {
  id: 'account',
  run({ proof, configuration, expectedAccount }) {
    const actual = proof.identity.account;
    if (expectedAccount !== null && expectedAccount !== actual) {
      return wrongAccount(`The credentials are of account ${actual}, and --account expects ${expectedAccount}.`, expectedAccount);
    }
    const [allowed] = configuration.accounts;
    if (allowed !== undefined && !configuration.accounts.includes(actual)) {
      return wrongAccount(`The credentials are of account ${actual}, and context.takeoff.accounts in cdk.json allows only ${configuration.accounts.join(', ')}.`, allowed);
    }
    const guarded = expectedAccount !== null || allowed !== undefined;
    return pass('account', guarded ? `${actual}, as expected` : `${actual}; --account or context.takeoff.accounts would guard it`);
  },
};

/** That the stacks which name an account name the one that the credentials are of. */
export const accountOfStacks: Check<{ readonly account: string; readonly assembly: Assembly }> = {
  id: 'account',
  run({ account: actual, assembly }) {
    for (const stack of assembly.stacks) {
      if (stack.account !== null && stack.account !== actual) {
        return wrongAccount(`The stack ${stack.id} is for account ${stack.account}, and the credentials are of ${actual}.`, stack.account);
      }
    }
    return pass('account', `${actual}, and no stack is for another`);
  },
};
