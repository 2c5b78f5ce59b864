import { setTimeout } from 'node:timers/promises';
import { DescribeStacksCommand, type CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';

/** A stack as it is now; null where there is none. */
export async function stackNow(client: CloudFormationClient, StackName: string): Promise<Stack | null> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0] ?? null;
  } catch (error) {
    if (error instanceof Error && error.message.endsWith('does not exist')) return null;
    throw error;
  }
}

/** As {@link stackNow}, once nothing is done with it any more. */
export async function settledStack(client: CloudFormationClient, StackName: string): Promise<Stack | null> {
  for (;;) {
    const stack = await stackNow(client, StackName);
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack;
    await setTimeout(5);
  }
}

/** The status of a {@link settledStack}. */
export async function settledStatus(client: CloudFormationClient, StackName: string): Promise<string | null> {
  return (await settledStack(client, StackName))?.StackStatus ?? null;
}
