import { accountOfKeyId } from '../../secrets/account-of-key';
import { readAwsFiles, type AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { kindOf, type ProfileKind } from './profile-kind';
import { profileStates, type ProfileState } from './profile-state';
import type { Surroundings } from '../source';

/** One profile, as a person chooses it. Read from files alone. */
export interface ProfileSummary extends ProfileState {
  readonly name: string;
  readonly kind: ProfileKind;
  /** Where the files, or the key id, tell it. */
  readonly account: string | null;
  readonly region: string | null;
  /** Name of the role. */
  readonly role: string | null;
  /** Whether it asks for an MFA code. */
  readonly mfa: boolean;
}

type Where = Pick<Surroundings, 'environment' | 'home'>;

/** The profiles of both files in the order of their names, `default` first. */
export function listProfiles(surroundings: Where): readonly ProfileSummary[] {
  return summariesOf(readAwsFiles(surroundings), surroundings);
}

/** @param now milliseconds since 1970 */
export function summariesOf(files: AwsFiles, surroundings: Where, now = Date.now()): readonly ProfileSummary[] {
  const stateOf = profileStates(files, surroundings, now);
  return [...files.profiles.values()]
    .map((profile) => ({ profile, key: sortKey(profile.name) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ profile }) => ({ ...said(profile), ...stateOf(profile) }));
}

/** `team-9` before `team-10`, whatever the case. A collator of Intl would do it too, and takes longer to load than all else here. */
function sortKey(name: string): string {
  return name === 'default' ? '' : name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(15, '0'));
}

function said(profile: Profile): Omit<ProfileSummary, keyof ProfileState> {
  const get = (key: string): string | null => profile.properties.get(key) ?? null;
  const kind = kindOf(profile);
  const arn = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(?:role|assumed-role)\/(?:.*\/)?([^/]+)$/.exec(get('role_arn') ?? '');
  const account = /^\d{12}$/.exec(get('sso_account_id') ?? get('aws_account_id') ?? '')?.[0];
  return {
    name: profile.name,
    kind,
    account: arn?.[1] ?? account ?? /:(\d{12}):/.exec(get('login_session') ?? '')?.[1] ?? (kind === 'keys' ? accountOfKeyId(get('aws_access_key_id') ?? '') : null),
    region: get('region'),
    role: arn?.[2] ?? get('sso_role_name'),
    mfa: kind === 'role' && profile.properties.has('mfa_serial'),
  };
}
