import { shellWord } from '../process/shell-word';
import type { Check, Proven } from './check';
import { pass, skip, warn } from './result';

/** How old the key in use is, as IAM says. */
export type KeyAge =
  | { readonly kind: 'created'; readonly at: Date }
  | { readonly kind: 'unknown'; readonly why: string };

const dayMs = 86_400_000;

/**
 * That a long-term key has been rotated within `maxKeyAgeDays`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#Using_RotateAccessKey
 *
 * @param readAge asks IAM; not called for sessions, nor for the local AWS
 */
export function keyAge(readAge: () => Promise<KeyAge>, now: () => number = Date.now): Check<Pick<Proven, 'proof' | 'found' | 'configuration'>> {
  return {
    id: 'key-age',
    async run({ proof, found, configuration: { maxKeyAgeDays } }) {
      if (proof.kind === 'temporary') return skip('key-age', 'temporary credentials end by themselves');
      const age = await readAge();
      if (age.kind === 'unknown') return skip('key-age', age.why);
      const days = Math.max(0, Math.floor((now() - age.at.getTime()) / dayMs));
      if (days <= maxKeyAgeDays) return pass('key-age', days === 1 ? 'one day old' : `${days} days old`);
      return warn('key-age', `This key is ${days} days old, and context.takeoff.maxKeyAgeDays asks for a new one after ${maxKeyAgeDays}.`, rotation(found.profile));
    },
  };
}

function rotation(profile: string | null): string {
  const option = profile === null ? '' : ` --profile ${shellWord(profile)}`;
  return `aws iam create-access-key${option}\nPut the new key in place of the old one, see that npm run preflight takes it, then:\naws iam delete-access-key --access-key-id OLD_ID${option}`;
}
