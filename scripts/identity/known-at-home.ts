import type { STSClient } from '@aws-sdk/client-sts';
import { clientConfig, endpointOf } from '../credentials/connection/aws-client';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { told } from '../credentials/connection/call-log';
import { errorFacts } from '../credentials/refusals/error-facts';
import { homeRegion, partitionOfRegion } from '../credentials/regions';
import type { Credentials } from '../credentials/source';

const unknown: ReadonlySet<string> = new Set(['InvalidClientTokenId', 'UnrecognizedClientException']);

/** Whether STS refused because it does not know the key, which a region that is not enabled says as well. */
export function saysUnknownKey(error: unknown): boolean {
  return errorFacts(error).some(({ name, code }) => unknown.has(name) || unknown.has(code));
}

/** What the STS of the partition's home region says of a key. */
export interface KnownAtHome {
  /** The partition's region that no account can disable. */
  readonly region: string;
  readonly known: boolean;
}

/**
 * Asks the STS of the partition's home region, once, whether it knows a key that the one of `region` does not: the only way
 * to tell a region that is not enabled from a bad key. `null` where nothing is learned: there is no answer, or the STS that
 * refused is none of AWS's own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
export async function knownAtHome(credentials: Credentials, aws: AwsVariables, region: string): Promise<KnownAtHome | null> {
  if (endpointOf(aws, 'sts') !== null) return null;
  const home = homeRegion(partitionOfRegion(region));
  if (home === region) return { region: home, known: false };
  const { GetCallerIdentityCommand, STSClient } = await import('../credentials/connection/sts-client');
  const client: STSClient = told(new STSClient({ ...await clientConfig(aws, 'sts', home), maxAttempts: 1, credentials }), 'sts');
  try {
    await client.send(new GetCallerIdentityCommand({}));
    return { region: home, known: true };
  } catch (error) {
    return saysUnknownKey(error) ? { region: home, known: false } : null;
  } finally {
    client.destroy();
  }
}
