import { resolveProfile } from './resolve-profile';
import type { Source } from './source';

/** The profile that `--profile` names. With it nothing else is looked at. */
export function fromProfile(): Source {
  return {
    title: '--profile',
    async find(surroundings) {
      const name = surroundings.options.profile;
      if (name === undefined) return { kind: 'absent', why: 'not given' };
      return resolveProfile(name, surroundings, { source: 'profile', title: `profile ${name}`, namedBy: '--profile' });
    },
  };
}
