import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Credentials } from '../credentials/source';

/** How the plan reaches the AWS that the credentials were proved against. */
export interface PlanClients {
  /** With the credentials of the run where none are given. Who asks for it destroys it. */
  cloudFormation(region: string, credentials?: Credentials): Promise<CloudFormationClient>;
  /** The session of a bootstrap role, registered as secret. Throws what the SDK throws. */
  assumeRole(roleArn: string, region: string): Promise<Credentials>;
}
