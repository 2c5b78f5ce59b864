import type { AwsFiles } from '../credentials/profiles/aws-files';
import type { Profile } from '../credentials/profiles/profile';
import { endOfChain } from '../credentials/profiles/chain';
import { kindOf } from '../credentials/profiles/profile-kind';

/** What IAM Identity Center is asked for a login. */
export interface SsoSettings {
  /** That says them: of a role, the one at the end of its chain. */
  readonly profile: string;
  /** The name of the `[sso-session]`, `null` where the profile has the start URL itself. */
  readonly session: string | null;
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[];
}

/** The login that a profile's credentials come from. */
export type LoginNeeded =
  | { readonly kind: 'sso'; readonly settings: SsoSettings }
  /** Of the AWS CLI alone: `aws login`. */
  | { readonly kind: 'aws-login'; readonly profile: string };

/** What the AWS CLI asks for where `sso_registration_scopes` says nothing. */
const usualScopes = ['sso:account:access'];

/** @returns `null` where the profile's credentials come from no login, or its section lacks what one needs */
export function loginNeeded(profile: Profile, files: Pick<AwsFiles, 'profiles' | 'ssoSessions'>): LoginNeeded | null {
  const last = endOfChain(profile, files);
  const kind = kindOf(last);
  if (kind === 'login') return { kind: 'aws-login', profile: last.name };
  if (kind !== 'sso') return null;
  const session = last.properties.get('sso_session') ?? null;
  const said = session === null ? last.properties : files.ssoSessions.get(session);
  const [startUrl, region] = [said?.get('sso_start_url'), said?.get('sso_region')];
  if (startUrl === undefined || region === undefined) return null;
  const scopes = (said?.get('sso_registration_scopes') ?? '').split(',').map((scope) => scope.trim()).filter(Boolean);
  return { kind: 'sso', settings: { profile: last.name, session, startUrl, region, scopes: scopes.length === 0 ? usualScopes : scopes } };
}
