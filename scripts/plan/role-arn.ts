/** What stands for the placeholders of a manifest. */
export interface Place {
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** The ARN of a role as CDK's manifest has it, with `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}` filled in. */
export function roleArn(manifestArn: string, { partition, account, region }: Place): string {
  return manifestArn.replaceAll('${AWS::Partition}', partition).replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
}
