import { shellWord } from '../../process/shell-word';
import { readAwsFiles, type AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { resolveAwsVariables } from '../connection/aws-settings';
import { keyTexts, profileKeyNames, verifyKeys } from '../keys';
import { chainOf, endOfChain } from './chain';
import { verifySourceIsThere } from './credential-source';
import { kindOf } from './profile-kind';
import { profileProvider, stsRegion } from './profile-provider';
import { resolveRegion } from '../region';
import type { Found, Outcome, Provider, SourceName, Surroundings } from '../source';
import { ssoEnd } from './sso-login';
import { profileNamed, verifyProfile } from './verify-profile';
import { readToken, webIdentityProvider } from '../web-identity/web-identity';

/** Who names a profile, and how the report calls what is found. */
export interface Naming {
  readonly source: SourceName;
  readonly title: string;
  /** For a sentence: `--profile`, `AWS_PROFILE`, `.env`. */
  readonly namedBy: string;
}

/**
 * What a profile of the AWS files yields. Static keys are read here; for the rest the SDK is loaded when the
 * provider is first asked.
 *
 * @throws Failure
 */
export function resolveProfile(name: string, surroundings: Surroundings, naming: Naming): Extract<Outcome, { kind: 'found' }> {
  const files = readAwsFiles(surroundings);
  const profile = profileNamed(name, files, naming.namedBy);
  const aws = resolveAwsVariables(surroundings.environment, { profile, files });
  const region = profile.properties.get('region');
  const renewal = renewalOfProfile(profile, files);
  const endOfLogin = ssoEnd(surroundings.home, profile, files);
  const found: Omit<Found, 'provider'> = {
    source: naming.source,
    profile: name,
    title: naming.title,
    region: region === undefined ? null : { value: region, source: `profile ${name}` },
    aws,
    renews: renewsItself(profile, files),
    ...(endOfLogin === null ? {} : { renewsUntil: endOfLogin }),
    ...(renewal === null ? {} : { renewal }),
  };
  if (kindOf(profile) === 'keys') return { kind: 'found', found: { ...found, provider: staticKeys(profile) }, warnings: warningsFor(profile, files) };
  for (const problem of [...files.unusable, ...files.hostile]) throw problem;
  verifyProfile(profile, files);
  verifySourceIsThere(profile, files, surroundings.environment);
  const regionOfRun = resolveRegion(surroundings, found)?.value ?? null;
  const provider = kindOf(profile) === 'web-identity'
    ? webIdentityOf(profile, found, stsRegion(profile, regionOfRun))
    : profileProvider({ profile, files, surroundings, aws, region: regionOfRun, found });
  return { kind: 'found', found: { ...found, provider } };
}

function webIdentityOf({ name, properties }: Profile, found: Omit<Found, 'provider'>, region: string): Provider {
  return webIdentityProvider({
    roleArn: properties.get('role_arn') ?? '',
    token: () => readToken(properties.get('web_identity_token_file') ?? '', `web_identity_token_file of profile ${name}`),
    sessionName: properties.get('role_session_name') ?? 'cdk-takeoff',
    aws: found.aws,
    region,
    found,
  });
}

/** All three values of one file, so that a token never meets the keys of another: the credentials file goes first, as with the AWS CLI. */
function staticKeys(profile: Profile): Provider {
  const section = profile.ofCredentials.has('aws_access_key_id') || profile.ofCredentials.has('aws_secret_access_key') ? profile.ofCredentials : profile.ofConfig;
  const texts = keyTexts(profileKeyNames, (key) => section.get(key)?.value);
  const credentials = verifyKeys(texts, profileKeyNames, `profile ${profile.name}`);
  return async () => credentials;
}

function warningsFor(profile: Profile, files: AwsFiles): string[] {
  const other = kindOf({ properties: new Map([...profile.properties].filter(([key]) => !key.startsWith('aws_'))) });
  return [
    ...[...files.unusable, ...files.hostile].map(({ message }) => `${message} It is not needed in this run.`),
    ...(other === 'none' ? [] : [`Profile ${profile.name} has keys, and ${other === 'sso' ? 'an IAM Identity Center login' : other === 'login' ? 'an aws login session' : `a ${other} setting`} besides: the keys are used.`]),
  ];
}

/** Whether new sessions come without a person: neither MFA nor a session that was only copied stands in the chain. */
function renewsItself(profile: Profile, files: AwsFiles): boolean {
  const chain = chainOf(profile, files);
  if (chain.some((one) => kindOf(one) === 'role' && one.properties.has('mfa_serial'))) return false;
  const last = chain.at(-1) ?? profile;
  const kind = kindOf(last);
  if (kind !== 'role' && kind !== 'keys') return kind !== 'none';
  if (last.properties.has('credential_source')) return last.properties.get('credential_source') !== 'Environment';
  const assumesRole = kind === 'role' || chain.length > 1; // by its own keys, or those of the last
  return assumesRole && !last.properties.has(profileKeyNames.sessionToken);
}

/** The command that makes the session of a profile new; of a role's source, where it is one. `null` where there is none. */
function renewalOfProfile(profile: Profile, files: AwsFiles): string | null {
  const source = endOfChain(profile, files);
  const option = `--profile ${shellWord(source.name)}`;
  const kind = kindOf(source);
  if (kind === 'sso') return `aws sso login ${option}`;
  if (kind === 'login') return `aws login ${option}`;
  if (kind === 'process') return `Log in where the credential_process of profile ${source.name} gets its credentials: aws configure get credential_process ${option}`;
  if (kind !== 'keys') return null;
  return source.properties.has(profileKeyNames.sessionToken)
    ? `Get new ones where these came from, and set all three: aws configure set aws_access_key_id ... ${option}, and the same for aws_secret_access_key and aws_session_token`
    : `aws configure ${option}`;
}
