import type { Check, Proven } from './check';
import { fail, pass, warn } from './result';

/**
 * The root user does everything and cannot be restrained, so it deploys only where the configuration says so.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
 */
export const keyKind: Check<Pick<Proven, 'proof' | 'configuration'>> = {
  id: 'key-kind',
  run({ proof, configuration }) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(proof.identity.arn);
    if (root && configuration.allowRoot) return warn('key-kind', 'These are keys of the root user, which context.takeoff.allowRoot allows.', null);
    if (root) {
      return fail(
        'key-kind',
        'ROOT_USER',
        `These are keys of the root user of account ${proof.identity.account}: no policy can limit what they do.`,
        'Use a role or a user instead, for example: aws configure sso. Then delete the root user\'s keys. To go on all the same, set "allowRoot": true in context.takeoff of cdk.json.',
      );
    }
    return pass('key-kind', proof.kind === 'temporary' ? 'temporary credentials' : 'long-term keys; temporary ones are preferred');
  },
};
