import { AwsError } from '../aws-error';
import { findRoleByArn } from '../iam/roles';
import type { LocalAws, LocalRequest } from '../service';
import { getSession, type SessionIdentity } from '../sts/sessions';

/** As whom CloudFormation calls the services for a stack. */
export interface Actor {
  readonly identity: SessionIdentity;
  /** Condition keys that its calls have beyond those of {@link identity}. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

const cloudFormation = 'cloudformation.amazonaws.com';

/** Who sends a request, as a stack remembers it: a deployment outlives its request, and perhaps its process. */
export function senderOf(local: LocalAws, request: LocalRequest): SessionIdentity {
  const { issued, caller, roleArn, policy, policyArns, tags, transitiveTagKeys, sourceIdentity, federatedProvider } = getSession(local, request.caller.accessKeyId);
  return { issued, caller, roleArn, policy, policyArns, tags, transitiveTagKeys, sourceIdentity, federatedProvider };
}

/**
 * The role of the stack, where it has one, else who asked for the deployment.
 *
 * @returns null for this machine's developer, who may do everything
 * @throws AwsError ValidationError where the role is gone
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export function actorOf(local: LocalAws, { roleArn, caller }: { readonly roleArn: string | null; readonly caller?: SessionIdentity }): Actor | null {
  if (roleArn !== null) return { identity: serviceIdentity(local, roleArn), context: {} };
  if (caller === undefined || caller.roleArn === null) return null;
  const via = [cloudFormation];
  return { identity: caller, context: { 'aws:ViaAWSService': 'true', 'aws:CalledVia': via, 'aws:CalledViaFirst': cloudFormation, 'aws:CalledViaLast': cloudFormation } };
}

/** CloudFormation's own session of a stack's role. */
function serviceIdentity(local: LocalAws, roleArn: string): SessionIdentity {
  const role = findRoleByArn(local, roleArn);
  if (role === null) throw new AwsError('ValidationError', `Role ${roleArn} is invalid or cannot be assumed`);
  return {
    issued: new Date().toISOString(),
    caller: { account: local.account, arn: `arn:aws:sts::${local.account}:assumed-role/${role.name}/AWSCloudFormation`, userId: `${role.id}:AWSCloudFormation`, accessKeyId: '' },
    roleArn, policy: null, policyArns: [], tags: {}, transitiveTagKeys: [], sourceIdentity: null,
  };
}
