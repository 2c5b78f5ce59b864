import { AwsError } from '../aws-error';
import type { Template } from './template';

/** Properties that give an IAM resource a name of its own. */
const names = ['RoleName', 'ManagedPolicyName', 'UserName', 'GroupName', 'InstanceProfileName'];

/** Types that CloudFormation acknowledges with CAPABILITY_IAM. */
const identities = /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|User|UserToGroupAddition)$/;

/**
 * Who creates identities has to say so.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-capabilities
 * @throws AwsError InsufficientCapabilitiesException
 */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const identityResources = Object.values(template.resources).filter(({ type }) => identities.test(type));
  const named = identityResources.some(({ properties }) => names.some((name) => name in properties));
  const needed = named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM';
  if (identityResources.length === 0 || given.includes(needed) || given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
