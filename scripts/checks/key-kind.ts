import type { Check, Proven } from './check';
import { fail, pass, warn } from './result';

/** What emulators call themselves: no account of AWS has it, so its root user owns nothing. */
const emulated = '000000000000';

/**
 * The root user does everything and cannot be restrained, so it deploys only where the configuration says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
 */
export const keyKind: Check<Pick<Proven, 'proof' | 'configuration'>> = {
  id: 'key-kind',
  run({ proof, configuration }) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(proof.identity.arn);
    if (root && proof.identity.account === emulated) return pass('key-kind', `the root user of ${emulated}, which is an emulator and no account of AWS`);
    if (root && configuration.allowRoot) return warn('key-kind', 'These are keys of the root user, which no policy limits; context.takeoff.allowRoot in cdk.json allows them.', null);
    if (root) {
      return fail(
        'key-kind',
        'ROOT_USER',
        `These are keys of the root user of account ${proof.identity.account}, and no policy limits what they can do.`,
        'aws configure sso\nThen run the same command with -- --profile NAME, and delete the root user\'s keys in the console (Security credentials). To go on all the same, set "allowRoot": true in context.takeoff of cdk.json.',
      );
    }
    return pass('key-kind', proof.kind === 'temporary' ? 'temporary credentials' : 'long-term keys; temporary ones are preferred');
  },
};
