import type { TargetEnvironment } from '../configuration/target-environment';

/** Where an environment leads, as far as cdk.json says so: `account 123456789012, us-west-2, profile prod`. */
export function environmentText({ account, region, profile }: TargetEnvironment): string {
  return [account === null ? null : `account ${account}`, region, profile === null ? null : `profile ${profile}`].filter((part) => part !== null).join(', ');
}
