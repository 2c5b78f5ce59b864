import type { AwsVariables } from '../credentials/connection/aws-variables';
import { askIam } from '../credentials/connection/iam-query';
import type { Proof } from './prove';

/**
 * The name that the account was given, for the plan; `null` where it has none. Needs `iam:ListAccountAliases`; whatever
 * goes wrong only means that no name is shown.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 */
export async function readAccountAlias({ credentials, identity }: Pick<Proof, 'credentials' | 'identity'>, aws: AwsVariables): Promise<string | null> {
  try {
    const answer = await askIam('ListAccountAliases', credentials, aws, identity.partition);
    if (answer?.status !== 200) return null;
    return /<AccountAliases>\s*<member>([a-z0-9-]{3,63})<\/member>/.exec(answer.text)?.[1] ?? null;
  } catch {
    return null;
  }
}
