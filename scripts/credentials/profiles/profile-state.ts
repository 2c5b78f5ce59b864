import { dateIn } from '../date-in';
import { endpointOf } from '../connection/aws-client';
import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { resolveAwsVariables } from '../connection/aws-settings';
import { cliSessionEnd } from '../sessions/cli-session';
import { hasKeys, keyTexts, profileKeyNames, variableNames } from '../keys';
import { readLoginEnd } from './login-session';
import { kindOf, type ProfileKind } from './profile-kind';
import { readTextFile } from '../read-text-file';
import { isTemporaryKeyId } from '../../secrets/key-shapes';
import { Failure } from '../../failures/failure';
import type { Environment } from '../../process/environment';
import type { Surroundings } from '../source';
import { readSsoLogin } from './sso-login';
import { endOfToken } from '../web-identity/token-claims';
import { verifyProfile } from './verify-profile';

/** What would come of using a profile now, as far as files tell. */
export interface ProfileState {
  readonly state: 'ready' | 'expired' | 'login-needed' | 'mfa-needed' | 'unknown' | 'unusable';
  /** When its session or its login ends, or ended; `null` where the files say nothing, or it is renewed by itself. */
  readonly until: Date | null;
  /** Why it is unknown or of no use. */
  readonly why: string | null;
}

interface Looking {
  readonly files: AwsFiles;
  readonly surroundings: Pick<Surroundings, 'environment' | 'home'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Logins that were read before: many profiles share one. */
  readonly logins: Map<string, ProfileState>;
}

const plainState = (state: ProfileState['state'], until: Date | null = null): ProfileState => ({ state, until, why: null });
const unknown = (why: string): ProfileState => ({ state: 'unknown', until: null, why });
const unusable = (why: string): ProfileState => ({ state: 'unusable', until: null, why });

/** Tells the state of profiles from the AWS files and the caches beside them. It asks nobody, and runs nothing. */
export function profileStates(files: AwsFiles, surroundings: Pick<Surroundings, 'environment' | 'home'>, now = Date.now()): (profile: Profile) => ProfileState {
  const looking: Looking = { files, surroundings, now, logins: new Map() };
  // What is not keys is left to the SDK, which reads both files.
  return (profile) => {
    const [problem] = kindOf(profile) === 'keys' ? [] : [...files.unusable, ...files.hostile];
    if (problem !== undefined) return unusable(problem.message);
    try {
      verifyProfile(profile, files);
      return stateOf(profile, looking);
    } catch (error) {
      if (error instanceof Failure) return unusable(error.message);
      throw error;
    }
  };
}

const byKind: Readonly<Record<ProfileKind, (profile: Profile, looking: Looking) => ProfileState>> = {
  role: ofRole,
  keys: (profile, { now }) => ofKeys(profile, now),
  sso: (profile, looking) => remembered(`sso ${profile.properties.get('sso_session') ?? profile.properties.get('sso_start_url')}`, looking, () => ofSso(profile, looking)),
  login: (profile, looking) => remembered(`login ${profile.properties.get('login_session')}`, looking, () => ofLogin(profile, looking)),
  'web-identity': (profile, { now }) => ofTokenFile(profile, now),
  process: () => unknown('its credential_process tells when it runs'),
  none: () => unusable('it has nothing from which credentials could come'),
};

function stateOf(profile: Profile, looking: Looking): ProfileState {
  return byKind[kindOf(profile)](profile, looking);
}

function remembered(login: string, { logins }: Looking, read: () => ProfileState): ProfileState {
  const state = logins.get(login) ?? read();
  logins.set(login, state);
  return state;
}

/** A session that is kept goes before what the role builds on. */
function ofRole(profile: Profile, looking: Looking): ProfileState {
  const { surroundings: { environment, home }, files } = looking;
  const asksCode = profile.properties.has('mfa_serial');
  const kept = asksCode ? cliSessionEnd(home, profile, endpointOf(resolveAwsVariables(environment, { profile, files }), 'sts'), looking.now) : null;
  if (kept !== null) return plainState('ready', kept);
  const source = ofSource(profile, looking);
  return asksCode && source.state === 'ready' ? plainState('mfa-needed') : source;
}

/** `verifyProfile` has been through the chain: it ends. */
function ofSource(profile: Profile, looking: Looking): ProfileState {
  const name = profile.properties.get('source_profile');
  if (name === undefined) return ofCredentialSource(profile, looking.surroundings.environment);
  const source = looking.files.profiles.get(name);
  if (source === undefined) return unusable(`there is no profile ${name}`);
  return source === profile ? ofKeys(profile, looking.now) : stateOf(source, looking);
}

function ofCredentialSource({ properties }: Profile, environment: Environment): ProfileState {
  const source = properties.get('credential_source');
  if (source !== 'Environment') return unknown(`the role of this machine tells (credential_source = ${source})`);
  return hasKeys(keyTexts(variableNames, (key) => environment[key])) ? plainState('ready') : unusable(`${variableNames.accessKeyId} is not set, and credential_source = Environment`);
}

/** What programs that write sessions into the credentials file call their end: saml2aws, aws-azure-login, aws-mfa and others. */
const endNames = ['x_security_token_expires', 'aws_expiration', 'aws_session_expiration', 'expiration'];

function ofKeys({ properties }: Profile, now: number): ProfileState {
  const { accessKeyId, secretAccessKey, sessionToken } = profileKeyNames;
  const missing = [accessKeyId, secretAccessKey].find((name) => !properties.has(name));
  if (missing !== undefined) return unusable(`${missing} is missing`);
  if (!properties.has(sessionToken)) return isTemporaryKeyId(properties.get(accessKeyId) ?? '') ? unusable(`${sessionToken} is missing`) : plainState('ready');
  const said = endNames.flatMap((name) => properties.get(name) ?? [])[0];
  const end = said === undefined ? null : endIn(said);
  return end === null ? unknown('nobody says when its session ends') : plainState(end.getTime() > now ? 'ready' : 'expired', end);
}

/** Without a zone it is UTC, as aws-mfa writes it. */
function endIn(text: string): Date | null {
  const zoned = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  return dateIn(zoned);
}

function ofSso(profile: Profile, { surroundings: { home }, now }: Looking): ProfileState {
  const login = readSsoLogin(home, profile, now);
  if (login.kind === 'none') return plainState('login-needed');
  if (login.renews) return plainState('ready');
  return plainState(login.until.getTime() > now ? 'ready' : 'login-needed', login.until);
}

function ofLogin({ properties }: Profile, { surroundings, now }: Looking): ProfileState {
  const end = readLoginEnd(surroundings, properties.get('login_session') ?? '');
  if (end === null) return plainState('login-needed');
  return end.getTime() > now ? plainState('ready') : plainState('login-needed', end);
}

function ofTokenFile({ properties }: Profile, now: number): ProfileState {
  const path = properties.get('web_identity_token_file') ?? '';
  const file = readTextFile(path);
  if (file.kind !== 'text' || file.text.trim() === '') return unusable(`its token file ${path} ${file.kind === 'absent' ? 'is not there' : file.kind === 'text' ? 'is empty' : file.why}`);
  const end = endOfToken(file.text);
  return end === null || end.getTime() > now ? plainState('ready') : plainState('expired', end);
}
