import { Failure } from '../../failures/failure';
import { registerCredentials } from '../../secrets/registry';
import type { AwsFiles } from './aws-files';
import type { Profile } from './profile';
import { assumeRole, registered } from '../sessions/assume-role';
import { clientConfig, endpointOf, type ClientConfig } from '../connection/aws-client';
import type { AwsVariables } from '../connection/aws-variables';
import { callLogger } from '../connection/call-log';
import { readCliSession } from '../sessions/cli-session';
import { memoize } from '../memoize';
import { mfaSession } from '../sessions/mfa-session';
import { chainOf, endOfChain } from './chain';
import { noInstanceRole } from './credential-source';
import { withPersonsEnvironment } from './persons-environment';
import { kindOf } from './profile-kind';
import type { RefusalContext } from '../refusals/refusal-context';
import { homeRegion } from '../regions';
import type { Credentials, Provider, Surroundings } from '../source';

/** Which profile is asked for credentials, and for which AWS. */
export interface ProfileProviderInit {
  readonly profile: Profile;
  readonly files: Pick<AwsFiles, 'configPath' | 'credentialsPath' | 'profiles'>;
  readonly surroundings: Pick<Surroundings, 'environment' | 'home' | 'askMfaCode'>;
  readonly aws: AwsVariables;
  /** Of the run, for a profile that says none. */
  readonly region: string | null;
  readonly found: NonNullable<RefusalContext['found']>;
}

/** The region of the STS that a profile's roles are asked of: its own, the run's, else the home of the role's partition. */
export function stsRegion({ properties }: Pick<Profile, 'properties'>, ofRun: string | null): string {
  return properties.get('region') ?? ofRun ?? homeRegion(/^arn:([^:]+):/.exec(properties.get('role_arn') ?? '')?.[1] ?? 'aws');
}

/** What the SDK's provider for profiles does: roles and their chains, IAM Identity Center, `aws login`, credential_process. */
export function profileProvider(init: ProfileProviderInit): Provider {
  const region = stsRegion(init.profile, init.region);
  // Once: later sessions are made while CDK has the terminal.
  let askCode = init.surroundings.askMfaCode;
  return memoize(async () => {
    try {
      const credentials = keptSession(init) ?? await withPersonsEnvironment(environmentFor(init), () => ask(init, region, askCode));
      askCode = undefined;
      return credentials;
    } catch (error) {
      const { translate } = await import('../refusals/refusal');
      throw translate(error, { aws: init.aws, region, found: init.found });
    }
  });
}

/**
 * The person's environment. With logins the SDK's own clients take their endpoints from the variables, else from the profile
 * that AWS_PROFILE names: without it the token of a login would go where the default profile says. Elsewhere it stays as it
 * is: a credential_process that asks with no profile named would come back to us.
 */
function environmentFor({ profile, files, surroundings: { environment, home } }: ProfileProviderInit): Pick<Surroundings, 'environment' | 'home'> {
  const kind = kindOf(endOfChain(profile, files));
  return { home, environment: kind === 'sso' || kind === 'login' ? { ...environment, AWS_PROFILE: profile.name } : environment };
}

/** Of a role with MFA, without a look at what it builds on. */
function keptSession({ profile, aws, surroundings }: ProfileProviderInit): Credentials | null {
  return kindOf(profile) === 'role' && profile.properties.has('mfa_serial') ? readCliSession(surroundings.home, profile, endpointOf(aws, 'sts')) : null;
}

async function ask(init: ProfileProviderInit, region: string, askCode: Surroundings['askMfaCode']): Promise<Credentials> {
  const { profile, files, aws, surroundings: { home } } = init;
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  let failed: unknown;
  let hasSource = false;
  const provider = fromIni({
    profile: profile.name,
    filepath: files.credentialsPath,
    configFilepath: files.configPath,
    ignoreCache: true,
    clientConfig: { ...await waysOf(aws, region), logger: callLogger((error) => { failed = endsLogin(error) ? undefined : error; }) },
    mfaCodeProvider: async () => '', // the role assumer asks: it knows of kept sessions
    roleAssumer: async (source, parameters) => {
      hasSource = true;
      const { AssumeRoleCommand } = await import('../connection/sts-client');
      registerCredentials(source);
      const assume = (more: object): Promise<Credentials> => assumeRole(aws, region, source, (client) => client.send(new AssumeRoleCommand({ ...parameters, ...more })));
      const named = parameters.SerialNumber === undefined ? null : profileOfRole(init, parameters.RoleArn, parameters.SerialNumber);
      return named === null ? assume({}) : mfaSession({ profile: named, home, endpoint: endpointOf(aws, 'sts'), askCode, assume: (code) => assume({ TokenCode: code }) });
    },
    roleAssumerWithWebIdentity: async (parameters) => {
      const { AssumeRoleWithWebIdentityCommand } = await import('../connection/sts-client');
      return assumeRole(aws, region, null, (client) => client.send(new AssumeRoleWithWebIdentityCommand(parameters)));
    },
  });
  try {
    return registered(await provider());
  } catch (error) {
    const noRole = hasSource ? null : noInstanceRole(profile, files);
    if (noRole !== null) throw noRole;
    if (failed instanceof Failure) throw failed; // of ours, from below the SDK's client
    // The SDK's own error has of a failed call only the text, and goes first: an expired login may have failed to be renewed.
    throw typeof error === 'object' && error !== null && !('cause' in error) ? Object.assign(error, { cause: failed }) : error;
  }
}

/** Why a login of `aws login` is not renewed: the SDK's words tell the reasons apart, and the answer looks like any denial. */
function endsLogin(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AccessDeniedException' && 'error' in error;
}

/** How the clients that the SDK makes itself reach AWS: their region and endpoints are their own. */
async function waysOf(aws: AwsVariables, region: string): Promise<Pick<ClientConfig, 'requestHandler' | 'streamCollector' | 'maxAttempts' | 'retryMode'>> {
  const { requestHandler, streamCollector, maxAttempts, retryMode } = await clientConfig(aws, 'sts', region);
  return { requestHandler, streamCollector, maxAttempts, retryMode };
}

/** The profile of the chain whose role is assumed: the SDK says only what it asks STS for. */
function profileOfRole({ profile, files }: ProfileProviderInit, roleArn: string | undefined, serial: string): Profile {
  return chainOf(profile, files).find(({ properties }) => properties.get('role_arn') === roleArn && properties.get('mfa_serial') === serial) ?? profile;
}
