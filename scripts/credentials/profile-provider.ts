import { registerCredentials } from '../secrets/registry';
import type { AwsFiles, Profile } from './aws-files';
import { assumeRole, registered } from './assume-role';
import type { AwsVariables } from './aws-variables';
import { memoize } from './memoize';
import { withPersonsEnvironment } from './persons-environment';
import { translate, type RefusalContext } from './refusal';
import { homeRegion } from './regions';
import type { Credentials, Provider, Surroundings } from './source';

export interface ProfileProviderInit {
  readonly profile: Profile;
  readonly files: Pick<AwsFiles, 'configPath' | 'credentialsPath'>;
  readonly surroundings: Pick<Surroundings, 'environment' | 'home'>;
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
  return memoize(async () => {
    try {
      return await withPersonsEnvironment(init.surroundings, () => ask(init, region));
    } catch (error) {
      throw translate(error, { aws: init.aws, region, found: init.found });
    }
  });
}

async function ask({ profile, files, aws }: ProfileProviderInit, region: string): Promise<Credentials> {
  const { fromIni } = await import('@aws-sdk/credential-provider-ini');
  const provider = fromIni({
    profile: profile.name,
    filepath: files.credentialsPath,
    configFilepath: files.configPath,
    ignoreCache: true,
    roleAssumer: async (source, parameters) => {
      const { AssumeRoleCommand } = await import('@aws-sdk/client-sts');
      registerCredentials(source);
      return assumeRole(aws, region, source, (client) => client.send(new AssumeRoleCommand(parameters)));
    },
    roleAssumerWithWebIdentity: async (parameters) => {
      const { AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
      return assumeRole(aws, region, null, (client) => client.send(new AssumeRoleWithWebIdentityCommand(parameters)));
    },
  });
  return registered(await provider());
}
