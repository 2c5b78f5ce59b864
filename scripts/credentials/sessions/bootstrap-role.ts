import type { AwsVariables } from '../connection/aws-variables';
import type { Credentials } from '../source';
import { assumeRole } from './assume-role';

/** In seconds, and the shortest that STS gives: a few answers are read. */
const duration = 900;

/**
 * The session of a role of CDK's bootstrap. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * @param purpose for CloudTrail, where it ends the session's name
 * @throws what the SDK throws
 */
export async function sessionOfBootstrapRole(RoleArn: string, purpose: 'check' | 'plan', credentials: Credentials, aws: AwsVariables, region: string): Promise<Credentials> {
  const { AssumeRoleCommand } = await import('../connection/sts-client');
  return assumeRole(aws, region, credentials, (client) => client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: `takeoff-${purpose}`, DurationSeconds: duration })));
}
