import { agentsFor } from '../credentials/aws-agents';
import { endpointOf } from '../credentials/aws-client';
import type { AwsVariables } from '../credentials/aws-variables';
import { toldCall } from '../credentials/call-log';
import { httpRequest } from '../credentials/http-request';
import { Sha256 } from '../credentials/sha256';
import type { Credentials } from '../credentials/source';
import type { KeyAge } from './key-age';

/** Milliseconds. It is no more than a hint, and nothing waits longer for it. */
const patience = 1_500;

/** IAM has one endpoint and one region for the signature in each partition. https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const partitions: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['aws', ['https://iam.amazonaws.com', 'us-east-1']],
  ['aws-cn', ['https://iam.cn-north-1.amazonaws.com.cn', 'cn-north-1']],
  ['aws-us-gov', ['https://iam.us-gov.amazonaws.com', 'us-gov-west-1']],
]);

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Asks IAM when the key was made. Needs `iam:ListAccessKeys`, of the user's own keys; whatever goes wrong only means
 * that the age is not known.
 */
export async function readKeyAge(credentials: Credentials, aws: AwsVariables, partition: string): Promise<KeyAge> {
  const [home, region] = partitions.get(partition) ?? [null, 'us-east-1'];
  // With an STS of one's own the keys are none of AWS's, or AWS's own endpoints are out of reach.
  const endpoint = endpointOf(aws, 'iam') ?? (endpointOf(aws, 'sts') === null ? home : null);
  if (endpoint === null) return { kind: 'unknown', why: 'where IAM could be asked for the age of the key is not known' };
  try {
    const { status, text } = await toldCall('iam', 'ListAccessKeys', () => post(new URL(endpoint), region, credentials, aws));
    const at = createdAt(text, credentials.accessKeyId);
    if (status === 200 && at !== null) return { kind: 'created', at };
    return { kind: 'unknown', why: status === 403 ? 'these credentials may not list their keys (iam:ListAccessKeys)' : `IAM did not say how old this key is (HTTP ${status})` };
  } catch {
    return { kind: 'unknown', why: 'IAM did not answer, so that the age of the key is not known' };
  }
}

async function post(url: URL, region: string, credentials: Credentials, aws: AwsVariables): Promise<Answer> {
  const { SignatureV4 } = await import('@smithy/signature-v4');
  const body = 'Action=ListAccessKeys&Version=2010-05-08';
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
  const answer = await httpRequest(url, { method: 'POST', headers, body: Buffer.from(body), agents: agentsFor(aws), patience });
  return { status: answer.status, text: answer.body.toString('utf8') };
}

/** The date of one key in IAM's XML. */
function createdAt(xml: string, accessKeyId: string): Date | null {
  const own = xml.split('</member>').find((member) => member.includes(`<AccessKeyId>${accessKeyId}</AccessKeyId>`));
  const date = new Date(/<CreateDate>([^<]+)<\/CreateDate>/.exec(own ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
