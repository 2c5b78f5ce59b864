import type { AwsVariables } from '../credentials/connection/aws-variables';
import { askIam } from '../credentials/connection/iam-query';
import { dateIn } from '../credentials/date-in';
import type { Credentials } from '../credentials/source';
import type { KeyAge } from './key-age';

/**
 * Asks IAM when the key was made. Needs `iam:ListAccessKeys`, of the user's own keys; whatever goes wrong only means
 * that the age is not known.
 */
export async function readKeyAge(credentials: Credentials, aws: AwsVariables, partition: string): Promise<KeyAge> {
  try {
    const answer = await askIam('ListAccessKeys', credentials, aws, partition);
    if (answer === null) return { kind: 'unknown', why: 'where IAM could be asked for the age of the key is not known' };
    const { status, text } = answer;
    const at = createdAt(text, credentials.accessKeyId);
    if (status === 200 && at !== null) return { kind: 'created', at };
    return { kind: 'unknown', why: status === 403 ? 'these credentials may not list their keys (iam:ListAccessKeys)' : `IAM did not say how old this key is (HTTP ${status})` };
  } catch {
    return { kind: 'unknown', why: 'IAM did not answer, so that the age of the key is not known' };
  }
}

/** The date of one key in IAM's XML. */
function createdAt(xml: string, accessKeyId: string): Date | null {
  const own = xml.split('</member>').find((member) => member.includes(`<AccessKeyId>${accessKeyId}</AccessKeyId>`));
  return dateIn(/<CreateDate>([^<]+)<\/CreateDate>/.exec(own ?? '')?.[1]);
}
