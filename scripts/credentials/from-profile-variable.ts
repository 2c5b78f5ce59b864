import { variableIn } from '../process/environment';
import { readAwsFiles } from './profiles/aws-files';
import { resolveProfile } from './profiles/resolve-profile';
import type { Source, Surroundings } from './source';

const variables = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const;

function named({ environment }: Surroundings): { readonly variable: string; readonly name: string } | null {
  for (const variable of variables) {
    const name = variableIn(environment, variable);
    if (name !== null) return { variable, name };
  }
  return null;
}

/** The profile that AWS_PROFILE names, else AWS_DEFAULT_PROFILE. */
export function fromProfileVariable(): Source {
  return {
    title: variables.join(' and '),
    async find(surroundings) {
      const chosen = named(surroundings);
      if (chosen === null) return { kind: 'absent', why: 'not set' };
      const { name, variable } = chosen;
      const files = readAwsFiles(surroundings);
      // As with the AWS CLI, the default profile need not be there.
      if (name === 'default' && files.unusable.length === 0 && !files.profiles.has(name)) return { kind: 'absent', why: `${variable} names the default profile, and there is none` };
      return resolveProfile(name, surroundings, { source: 'profile', title: `profile ${name}`, namedBy: variable });
    },
    holds(surroundings) {
      const chosen = named(surroundings);
      if (chosen === null) return null;
      const files = readAwsFiles(surroundings);
      if (files.profiles.has(chosen.name)) return `profile ${chosen.name}`;
      for (const problem of files.unusable) throw problem;
      return null;
    },
  };
}
