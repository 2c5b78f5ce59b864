import { resolveProfile } from './profiles/resolve-profile';
import type { Source } from './source';

/** The profile that `--profile` names, or the environment of `--env`. With it nothing else is looked at. */
export function fromProfile(): Source {
  return {
    title: '--profile',
    async find(surroundings) {
      const { options, target } = surroundings;
      const name = options.profile ?? target?.profile ?? null;
      if (name === null) return { kind: 'absent', why: 'not given' };
      return resolveProfile(name, surroundings, { source: 'profile', title: `profile ${name}`, namedBy: options.profile === undefined ? `environments.${target?.name} in cdk.json` : '--profile' });
    },
  };
}
