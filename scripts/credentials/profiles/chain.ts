import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { kindOf } from './profile-kind';

/**
 * A profile, the one that its role is assumed from, and so on: the last gives the credentials, or says what does. Ends
 * where a profile comes again, as one does whose role its own keys assume.
 */
export function chainOf(profile: Profile, { profiles }: Pick<AwsFiles, 'profiles'>): readonly [Profile, ...Profile[]] {
  const chain: [Profile, ...Profile[]] = [profile];
  for (let last = profile; kindOf(last) === 'role';) {
    const source = profiles.get(last.properties.get('source_profile') ?? '');
    if (source === undefined || chain.includes(source)) break;
    chain.push(source);
    last = source;
  }
  return chain;
}

/** The profile from whose credentials all roles of the chain come. */
export function endOfChain(profile: Profile, files: Pick<AwsFiles, 'profiles'>): Profile {
  return chainOf(profile, files).at(-1) ?? profile;
}
