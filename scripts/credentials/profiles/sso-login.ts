import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { jsonObjectIn } from '../../configuration/json-object';
import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { endOfChain } from './chain';
import { kindOf } from './profile-kind';
import { dateIn } from '../date-in';
import { readTextFile } from '../read-text-file';

export type SsoLogin =
  | { readonly kind: 'none' }
  /** `until` is when its token ends; one that `renews` is made new then without a person. */
  | { readonly kind: 'login'; readonly until: Date; readonly renews: boolean };

/**
 * Where the AWS CLI and the SDKs keep a login.
 *
 * @param id the name of its `[sso-session]`, else its start URL
 */
export function ssoCacheFile(home: string, id: string): string {
  return join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(id).digest('hex')}.json`);
}

/**
 * The login that is kept for an IAM Identity Center profile, from its file alone. One is renewed where it has a refresh
 * token, which needs an `[sso-session]` and a client that is still registered.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export function readSsoLogin(home: string, profile: Pick<Profile, 'properties'>, now = Date.now()): SsoLogin {
  const { properties } = profile;
  const file = readTextFile(ssoCacheFile(home, properties.get('sso_session') ?? properties.get('sso_start_url') ?? ''));
  if (file.kind !== 'text') return { kind: 'none' };
  const { accessToken, expiresAt, refreshToken, registrationExpiresAt } = jsonObjectIn(file.text);
  const until = dateIn(expiresAt);
  if (typeof accessToken !== 'string' || until === null) return { kind: 'none' };
  const registered = dateIn(registrationExpiresAt);
  const renews = typeof refreshToken === 'string' && properties.has('sso_session') && registered !== null && registered.getTime() > now;
  return { kind: 'login', until, renews };
}

/** When a profile's sessions can no longer be made new without a login, where its IAM Identity Center login says so. */
export function ssoEnd(home: string, profile: Profile, files: Pick<AwsFiles, 'profiles'>): Date | null {
  const last = endOfChain(profile, files);
  if (kindOf(last) !== 'sso') return null;
  const login = readSsoLogin(home, last);
  return login.kind === 'none' || login.renews ? null : login.until;
}
