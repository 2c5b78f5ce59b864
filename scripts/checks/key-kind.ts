import type { Check, CheckResult, Proven } from './check';
import { fail, pass, warn } from './result';

/** What emulators call themselves: no account of AWS has it, so its root user owns nothing. */
const emulated = '000000000000';

type Subject = Pick<Proven, 'proof' | 'configuration' | 'host' | 'found'>;

/**
 * The root user does everything and cannot be restrained; long-term keys are what leaks and stays. So the one deploys only where the
 * configuration says so, and the others do not in CI, where a job can have a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
 */
export const keyKind: Check<Subject> = {
  id: 'key-kind',
  run({ proof, configuration, host, found }) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(proof.identity.arn);
    if (proof.identity.account === emulated) {
      return pass('key-kind', root ? `the root user of ${emulated}, which is an emulator and no account of AWS` : `${proof.kind} credentials of an emulator, which is no account of AWS`);
    }
    if (root) return rootUser(proof.identity.account, configuration.allowRoot);
    return proof.kind === 'temporary' ? pass('key-kind', 'temporary credentials') : longTermKeys(host, found.profile, configuration.allowLongTermKeysInCi);
  },
};

function rootUser(account: string, allowed: boolean): CheckResult {
  if (allowed) return warn('key-kind', 'These are keys of the root user, which no policy limits; context.takeoff.allowRoot in cdk.json allows them.', null);
  return fail(
    'key-kind',
    'ROOT_USER',
    `These are keys of the root user of account ${account}, and no policy limits what they can do.`,
    'aws configure sso\nThen run the same command with -- --profile NAME, and delete the root user\'s keys in the console (Security credentials). To go on all the same, set "allowRoot": true in context.takeoff of cdk.json.',
  );
}

function longTermKeys(host: Subject['host'], profile: string | null, allowedInCi: boolean): CheckResult {
  if (host.kind === 'desk') return warn('key-kind', 'long-term keys; temporary ones are preferred', 'aws configure sso   (or aws login)');
  if (host.kind === 'aws') {
    const fix = profile === null ? 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY' : `Take the keys of profile ${profile} off this machine: the role is found without them.`;
    return warn('key-kind', `Long-term keys are used where ${host.role} is there to use, whose keys end by themselves.`, fix);
  }
  if (allowedInCi) return warn('key-kind', 'Long-term keys are used in CI; context.takeoff.allowLongTermKeysInCi in cdk.json allows them.', null);
  return fail(
    'key-kind',
    'LONG_TERM_KEYS_IN_CI',
    'These are long-term keys, in CI: whoever gets them out of the job can use them until somebody notices.',
    'Let the job assume a role with its own token (OIDC): in GitHub Actions permissions: id-token: write, and aws-actions/configure-aws-credentials with role-to-assume. To go on all the same, set "allowLongTermKeysInCi": true in context.takeoff of cdk.json.',
  );
}
