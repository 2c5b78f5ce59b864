import type { StackPlace } from '../assembly/stack-place';

/** The ARN of a role as CDK's manifest has it, with `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}` filled in. */
export function roleArn(manifestArn: string, { partition, account, region }: StackPlace): string {
  return manifestArn.replaceAll('${AWS::Partition}', partition).replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
}
