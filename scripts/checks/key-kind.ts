import { github } from '../ci/github';
import { indented } from '../ci/indented';
import { ciSystemOf } from '../ci/systems';
import type { TargetEnvironment } from '../configuration/target-environment';
import type { Found } from '../credentials/source';
import type { Check, CheckResult, Proven } from './check';
import { fail, pass, warn } from './result';

/** What emulators call themselves: no account of AWS has it, so its root user owns nothing. */
const emulated = '000000000000';

type Subject = Pick<Proven, 'proof' | 'configuration' | 'host' | 'found'> & { readonly surroundings: Pick<Proven['surroundings'], 'environment' | 'target'> };

/**
 * The root user does everything and cannot be restrained; long-term keys are what leaks and stays. So the one deploys only where the
 * configuration says so, and the others do not in CI, where a job can have a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
 */
export const keyKind: Check<Subject> = {
  id: 'key-kind',
  run({ proof, configuration, host, found, surroundings: { environment, target = null } }) {
    const root = /^arn:[^:]+:iam::\d{12}:root$/.test(proof.identity.arn);
    if (proof.identity.account === emulated) {
      return pass('key-kind', root ? `the root user of ${emulated}, which is an emulator and no account of AWS` : `${proof.kind} credentials of an emulator, which is no account of AWS`);
    }
    if (root && !configuration.allowRoot) return rootUser(proof, found, target);
    if (root) return warn('key-kind', 'These are keys of the root user, which no policy limits; context.takeoff.allowRoot in cdk.json allows them.', null);
    if (proof.kind === 'temporary') return pass('key-kind', 'temporary credentials');
    return host.kind === 'ci' ? inCi(environment, configuration.allowLongTermKeysInCi) : longTermKeys(host, found.profile);
  },
};

/** Beside `--env` stands no `--profile`: what the environment uses stands in cdk.json. */
function rootUser({ kind, identity: { account } }: Proven['proof'], { profile }: Pick<Found, 'profile'>, target: TargetEnvironment | null): CheckResult {
  const isSession = kind === 'temporary'; // of aws login: there are no keys to delete
  const where = `environments.${target?.name} in cdk.json`;
  const named = target !== null && profile !== null && profile === target.profile ? ` ${isSession ? 'It is that' : 'They are those'} of profile ${profile}, which ${where} names.` : '';
  const next = target === null ? 'Then run the same command again with -- --profile NAME' : `Then write "profile": "NAME" in ${where}, run the same command again`;
  return fail(
    'key-kind',
    'ROOT_USER',
    `${isSession ? 'This is a session' : 'These are keys'} of the root user of account ${account}, and no policy limits what ${isSession ? 'it' : 'they'} can do.${named}`,
    `${isSession ? 'aws login   (as a user or a role, or aws configure sso)' : 'aws configure sso'}\n${next}${isSession ? '' : ', and delete the root user\'s keys in the console (Security credentials)'}. To go on all the same, set "allowRoot": true in context.takeoff of cdk.json.`,
  );
}

function longTermKeys(host: Exclude<Subject['host'], { readonly kind: 'ci' }>, profile: string | null): CheckResult {
  if (host.kind === 'desk') return warn('key-kind', 'long-term keys; temporary ones are preferred', 'aws configure sso   (or aws login)');
  const fix = profile === null ? 'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY' : `Take the keys of profile ${profile} off this machine: the role is found without them.`;
  return warn('key-kind', `Long-term keys are used where ${host.role} is there to use, whose keys end by themselves.`, fix);
}

/** A job needs a token, and the name of the role: the one is exchanged for the other here, and by no action of the CI system. */
function inCi(environment: Subject['surroundings']['environment'], allowed: boolean): CheckResult {
  if (allowed) return warn('key-kind', 'Long-term keys are used in CI; context.takeoff.allowLongTermKeysInCi in cdk.json allows them.', null);
  const system = ciSystemOf(environment) ?? github;
  return fail(
    'key-kind',
    'LONG_TERM_KEYS_IN_CI',
    'These are long-term keys, in CI: whoever gets them out of the job can use them until somebody notices.',
    `Take the keys out of the job, and set AWS_ROLE_ARN to a role that trusts it. The token of the job (OIDC) is exchanged here, so that no other step is needed. What ${system.title} wants for a token:\n${indented(system.lines)}\nTo go on all the same, set "allowLongTermKeysInCi": true in context.takeoff of cdk.json.`,
  );
}
