import type { STSClient } from '@aws-sdk/client-sts';
import { registerCredentials } from '../secrets/registry';
import type { AwsFiles, Profile } from './aws-files';
import { clientConfig } from './aws-client';
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

/** What the SDK's provider for profiles does: roles and their chains, IAM Identity Center, `aws login`, credential_process. */
export function profileProvider(init: ProfileProviderInit): Provider {
  const region = init.profile.properties.get('region') ?? init.region ?? homeRegion(/^arn:([^:]+):/.exec(init.profile.properties.get('role_arn') ?? '')?.[1] ?? 'aws');
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
      return assume(aws, region, source, (client) => client.send(new AssumeRoleCommand(parameters)));
    },
    roleAssumerWithWebIdentity: async (parameters) => {
      const { AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
      return assume(aws, region, null, (client) => client.send(new AssumeRoleWithWebIdentityCommand(parameters)));
    },
  });
  return registered(await provider());
}

interface Assumed {
  readonly Credentials?: {
    readonly AccessKeyId: string | undefined;
    readonly SecretAccessKey: string | undefined;
    readonly SessionToken: string | undefined;
    readonly Expiration: Date | undefined;
  } | undefined;
}

/** The chain's STS is the run's: the same endpoint, certificates and timeouts. */
async function assume(aws: AwsVariables, region: string, credentials: Credentials | null, call: (client: STSClient) => Promise<Assumed>): Promise<Credentials> {
  const sts = await import('@aws-sdk/client-sts');
  const client = new sts.STSClient({ ...clientConfig(aws, 'sts', region), ...(credentials === null ? {} : { credentials }) });
  try {
    const { Credentials: session } = await call(client);
    if (session?.AccessKeyId === undefined || session.SecretAccessKey === undefined || session.SessionToken === undefined) {
      throw Object.assign(new Error('no credentials in the answer of STS'), { name: 'Unknown' });
    }
    return registered({
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey,
      sessionToken: session.SessionToken,
      ...(session.Expiration === undefined ? {} : { expiration: session.Expiration }),
    });
  } finally {
    client.destroy();
  }
}

function registered({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): Credentials {
  registerCredentials({ secretAccessKey, sessionToken });
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }), ...(expiration === undefined ? {} : { expiration }) };
}
