import type { Profile } from './profile';

/** Where the credentials of a profile come from; `none` for nowhere. */
export type ProfileKind = 'keys' | 'role' | 'sso' | 'process' | 'login' | 'web-identity' | 'none';

/** How a profile gets its credentials, in the order in which the SDK decides. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
export function kindOf({ properties }: Pick<Profile, 'properties'>): ProfileKind {
  const has = (key: string): boolean => properties.has(key);
  if (has('role_arn') && has('source_profile') !== has('credential_source')) return 'role';
  if (has('aws_access_key_id') || has('aws_secret_access_key')) return 'keys';
  if (has('role_arn') && has('web_identity_token_file')) return 'web-identity';
  if (has('credential_process')) return 'process';
  if (['sso_session', 'sso_start_url', 'sso_account_id', 'sso_region', 'sso_role_name'].some(has)) return 'sso';
  if (has('login_session')) return 'login';
  return 'none';
}
