import { nearest } from '../../configuration/nearest';
import { Failure } from '../../failures/failure';
import { shellWord } from '../../process/shell-word';
import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { kindOf } from './profile-kind';
import { shortPath } from '../read-text-file';

/** @throws Failure PROFILE_NOT_FOUND, or BAD_CONFIG_FILE where a file that may have it cannot be read, or has it twice */
export function profileNamed(name: string, files: AwsFiles, namedBy: string): Profile {
  const profile = files.profiles.get(name);
  if (profile?.conflict) throw profile.conflict;
  if (profile !== undefined) return profile;
  const [unusable] = files.unusable;
  if (unusable !== undefined) throw unusable;
  throw notFound(name, files, `${namedBy} names the profile "${name}", and neither ${shortPath(files.configPath)} nor ${shortPath(files.credentialsPath)} has it.`);
}

const shown = 20;

function notFound(name: string, files: AwsFiles, message: string): Failure {
  const names = [...files.profiles.keys()].toSorted();
  const near = nearest(name, names);
  const list = names.length === 0 ? 'There are no profiles yet.' : `There are: ${names.slice(0, shown).join(', ')}${names.length > shown ? `, and ${names.length - shown} more (npm run preflight -- --list-profiles)` : ''}.`;
  return new Failure({
    code: 'PROFILE_NOT_FOUND',
    message,
    fix: `${near === null ? '' : `Did you mean ${near}? `}${list} To make it: aws configure --profile ${shellWord(name)}`,
  });
}

/** Roles that assume roles, at most: more than anybody needs, and less than a stack holds. */
const longestChain = 20;

const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

/**
 * That what a profile builds on is there: its chain of source profiles and its `[sso-session]`. The SDK says of all
 * that is missing that it could not resolve credentials, or fails with a TypeError.
 *
 * @throws Failure PROFILE_NOT_FOUND, BAD_CONFIG_FILE, NO_CREDENTIALS
 */
export function verifyProfile(profile: Profile, files: AwsFiles, visited: readonly string[] = []): void {
  const { name, properties, where, conflict } = profile;
  if (conflict !== null) throw conflict;
  if (visited.length > longestChain) {
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `The chain of source profiles of ${visited[0] ?? name} has more than ${longestChain} roles.`, fix: `Let ${visited[0] ?? name} name a source_profile that has credentials of its own.` });
  }
  if (visited.includes(name)) {
    throw new Failure({ code: 'PROFILE_NOT_FOUND', message: `The source profiles go in a circle: ${[...visited, name].join(' → ')}.`, fix: `Let one of them, for example ${name} (${where}), name a source_profile that has credentials of its own.` });
  }
  const kind = kindOf(profile);
  if (kind === 'none') throw withoutCredentials(profile);
  if (kind === 'sso') verifySso(profile, files);
  if (kind !== 'role') return;
  const source = properties.get('source_profile');
  if (source === undefined) return verifyCredentialSource(profile);
  if (source === name && hasStaticKeys(profile)) return; // a role that its own keys assume
  const next = files.profiles.get(source);
  if (next === undefined) throw notFound(source, files, `Profile ${name} (${where}) has source_profile = ${source}, and there is no such profile.`);
  verifyProfile(next, files, [...visited, name]);
}

function hasStaticKeys({ properties }: Profile): boolean {
  return properties.has('aws_access_key_id') && properties.has('aws_secret_access_key');
}

function withoutCredentials({ name, where, properties }: Profile): Failure {
  const half = properties.has('role_arn')
    ? ': its role_arn needs either a source_profile or a credential_source'
    : '';
  return new Failure({ code: 'NO_CREDENTIALS', message: `Profile ${name} (${where}) has nothing from which credentials could come${half}.`, fix: `aws configure --profile ${shellWord(name)}   (or aws configure sso --profile ${shellWord(name)})` });
}

function verifyCredentialSource({ name, where, properties }: Profile): void {
  const source = properties.get('credential_source') ?? '';
  if (credentialSources.includes(source)) return;
  const near = nearest(source, credentialSources);
  throw new Failure({ code: 'BAD_CONFIG_FILE', message: `Profile ${name} (${where}) has a credential_source that does not exist.`, fix: near === null ? `It can be ${credentialSources.join(', ')}.` : `Did you mean ${near}?` });
}

function verifySso({ name, where, properties }: Profile, files: AwsFiles): void {
  const sessionName = properties.get('sso_session');
  const session = sessionName === undefined ? properties : files.ssoSessions.get(sessionName);
  if (session === undefined) {
    throw new Failure({ code: 'BAD_CONFIG_FILE', message: `Profile ${name} (${where}) has sso_session = ${sessionName}, and ${shortPath(files.configPath)} has no section [sso-session ${sessionName}].`, fix: `aws configure sso --profile ${shellWord(name)}` });
  }
  const missing = [
    ...['sso_start_url', 'sso_region'].filter((key) => !session.has(key)),
    ...['sso_account_id', 'sso_role_name'].filter((key) => !properties.has(key)),
  ];
  if (missing.length > 0) throw new Failure({ code: 'BAD_CONFIG_FILE', message: `Profile ${name} (${where}) lacks ${missing.join(' and ')}, which IAM Identity Center needs.`, fix: `aws configure sso --profile ${shellWord(name)}` });
}
