import { setTimeout } from 'node:timers/promises';
import { DescribeStacksCommand, type CloudFormationClient } from '@aws-sdk/client-cloudformation';

/** The status of a stack once nothing is done with it any more. */
export async function settledStack(client: CloudFormationClient, StackName: string): Promise<string | undefined> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    if (!stack?.StackStatus?.endsWith('_IN_PROGRESS') || stack.StackStatus === 'REVIEW_IN_PROGRESS') return stack?.StackStatus;
    await setTimeout(5);
  }
}
