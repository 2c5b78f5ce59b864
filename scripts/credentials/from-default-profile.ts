import { readAwsFiles } from './profiles/aws-files';
import { kindOf } from './profiles/profile-kind';
import { shortPath } from './read-text-file';
import { resolveProfile } from './profiles/resolve-profile';
import type { Source } from './source';

/** The default profile of the AWS CLI configuration. */
export function fromDefaultProfile(): Source {
  return {
    title: 'default profile',
    async find(surroundings) {
      const files = readAwsFiles(surroundings);
      const profile = files.profiles.get('default');
      for (const problem of profile === undefined ? files.unusable : []) throw problem;
      const paths = `${shortPath(files.configPath, surroundings.home)} and ${shortPath(files.credentialsPath, surroundings.home)}`;
      if (profile === undefined) return { kind: 'absent', why: `there is none in ${paths}` };
      if (kindOf(profile) === 'none' && !profile.properties.has('role_arn')) return { kind: 'absent', why: `it has no credentials in ${paths}` };
      return resolveProfile('default', surroundings, { source: 'profile', title: 'profile default', namedBy: 'The run' });
    },
    holds(surroundings) {
      const files = readAwsFiles(surroundings);
      const profile = files.profiles.get('default');
      for (const problem of files.unusable) throw problem;
      return profile === undefined || kindOf(profile) === 'none' ? null : 'profile default';
    },
  };
}
