import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../credentials/source';

/** How the plan reaches the AWS that the credentials were proved against. Who asks for a client destroys it. */
export interface PlanClients {
  /** With the credentials of the run where none are given. */
  cloudFormation(region: string, credentials?: Credentials): Promise<CloudFormationClient>;
  sts(region: string): Promise<STSClient>;
}
