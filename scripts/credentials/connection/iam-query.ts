import { agentsFor } from './aws-agents';
import { endpointOf } from './aws-client';
import type { AwsVariables } from './aws-variables';
import { toldCall } from './call-log';
import { httpRequest } from './http-request';
import { Sha256 } from './sha256';
import type { Credentials } from '../source';

/** Milliseconds. Its answers are no more than hints, and nothing waits longer for them. */
const patience = 1_500;

/** IAM has one endpoint and one region for the signature in each partition. https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const partitions: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['aws', ['https://iam.amazonaws.com', 'us-east-1']],
  ['aws-cn', ['https://iam.cn-north-1.amazonaws.com.cn', 'cn-north-1']],
  ['aws-us-gov', ['https://iam.us-gov.amazonaws.com', 'us-gov-west-1']],
]);

export interface IamAnswer {
  readonly status: number;
  /** XML. */
  readonly text: string;
}

/**
 * Asks IAM something of the caller's own user or account, for which an action without parameters is enough.
 *
 * @returns `null` where it is not known which IAM could be asked
 * @throws what Node says
 */
export async function askIam(action: 'ListAccessKeys' | 'ListAccountAliases' | 'ListMFADevices', credentials: Credentials, aws: AwsVariables, partition: string): Promise<IamAnswer | null> {
  const [home, region] = partitions.get(partition) ?? [null, 'us-east-1'];
  // With an STS of one's own the keys are none of AWS's, or AWS's own endpoints are out of reach.
  const endpoint = endpointOf(aws, 'iam') ?? (endpointOf(aws, 'sts') === null ? home : null);
  return endpoint === null ? null : toldCall('iam', action, () => post(new URL(endpoint), action, region, credentials, aws));
}

async function post(url: URL, action: string, region: string, credentials: Credentials, aws: AwsVariables): Promise<IamAnswer> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const body = `Action=${action}&Version=2010-05-08`;
  const signer = new SignatureV4({ service: 'iam', region, credentials, sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'content-length': String(body.length) },
    body,
  });
  const answer = await httpRequest(url, { method: 'POST', headers, body: Buffer.from(body), agents: await agentsFor(aws), patience });
  return { status: answer.status, text: answer.body.toString('utf8') };
}
