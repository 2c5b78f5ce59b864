import { AwsError } from '../aws-error';
import type { Template } from './template';

/** Properties that give an IAM resource a name of its own. */
const names = ['RoleName', 'ManagedPolicyName', 'UserName', 'GroupName', 'InstanceProfileName'];

/** Types that CloudFormation acknowledges with CAPABILITY_IAM. */
const identities = /^AWS::IAM::(AccessKey|Group|InstanceProfile|ManagedPolicy|Policy|Role|User|UserToGroupAddition)$/;

/** What whoever creates identities has to acknowledge. */
export interface NeededCapability {
  readonly capability: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM';
  /** The types for which it is needed. */
  readonly types: readonly string[];
}

/**
 * Null where a template creates no identities.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-capabilities
 */
export function neededCapability(template: Template): NeededCapability | null {
  const resources = Object.values(template.resources).filter(({ type }) => identities.test(type));
  if (resources.length === 0) return null;
  const named = resources.some(({ properties }) => names.some((name) => name in properties));
  return { capability: named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM', types: [...new Set(resources.map(({ type }) => type))] };
}

/** @throws AwsError InsufficientCapabilitiesException */
export function verifyCapabilities(template: Template, given: readonly string[]): void {
  const needed = neededCapability(template)?.capability;
  if (needed === undefined || given.includes(needed) || given.includes('CAPABILITY_NAMED_IAM')) return;
  throw new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed}]`);
}
