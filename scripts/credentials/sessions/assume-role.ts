import type { STSClient } from '@aws-sdk/client-sts';
import { registerCredentials } from '../../secrets/registry';
import { clientConfig } from '../connection/aws-client';
import type { AwsVariables } from '../connection/aws-variables';
import { told } from '../connection/call-log';
import type { Credentials } from '../source';

interface Assumed {
  readonly Credentials?: {
    readonly AccessKeyId: string | undefined;
    readonly SecretAccessKey: string | undefined;
    readonly SessionToken: string | undefined;
    readonly Expiration: Date | undefined;
  } | undefined;
}

/**
 * The session that one call of STS gives, at the STS of the run: the same endpoint, certificates and timeouts.
 *
 * @param credentials `null` for a call that is not signed
 * @throws what the SDK throws
 */
export async function assumeRole(aws: AwsVariables, region: string, credentials: Credentials | null, call: (client: STSClient) => Promise<Assumed>): Promise<Credentials> {
  const sts = await import('../connection/sts-client');
  const client = told(new sts.STSClient({ ...await clientConfig(aws, 'sts', region), ...(credentials === null ? {} : { credentials }) }), 'sts');
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

/** Only what belongs to credentials, registered as secret. */
export function registered({ accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials): Credentials {
  registerCredentials({ secretAccessKey, sessionToken });
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }), ...(expiration === undefined ? {} : { expiration }) };
}
