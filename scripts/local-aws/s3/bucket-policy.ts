import { unsupported } from '../aws-error';
import type { AuthorizerInit, Refusal } from '../iam/authorize';
import { callerContext, roleOfSession } from '../iam/caller-context';
import { evaluate, type Decision } from '../iam/evaluate';
import type { ContextValue } from '../iam/request-context';
import { findRoleByArn } from '../iam/roles';
import type { LocalAws } from '../service';
import type { SessionIdentity } from '../sts/sessions';
import { buckets } from './buckets';

/** A call that the policy of a bucket is asked about. */
export interface BucketCall {
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN of the bucket or of something in it. */
  readonly resource: string;
  /** Condition keys beyond those that every call of the caller has. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/**
 * What the policy of the bucket says of a call, which within one account may allow it, and may deny it, as the caller's own.
 *
 * @throws AwsError UnsupportedOperation where it cannot be judged
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function judgeByBucket(local: LocalAws, caller: SessionIdentity, init: AuthorizerInit, { action, resource, context }: BucketCall): Decision {
  const policy = buckets(local).get(/^arn:aws:s3:::([^/]+)/.exec(resource)?.[1] ?? '')?.policy ?? null;
  if (policy === null) return 'implicit-deny';
  const { account, arn } = caller.caller;
  return evaluate([policy], {
    action, resource, unknownKeys: init.unknownKeys,
    context: { ...callerContext(local, caller, init, action), ...context },
    principal: { kind: 'AWS', account, arns: [arn, roleOfSession(arn)] },
  });
}

/**
 * Whether a bucket's policy that allows a call makes up for what the caller's own lack: where they neither allow nor deny it.
 *
 * @param refusal of the caller's own policies
 * @throws AwsError UnsupportedOperation where it hangs on whom exactly the bucket's policy names
 */
export function bucketDecides(local: LocalAws, caller: SessionIdentity, refusal: Refusal | null): boolean {
  if (refusal?.decision !== 'implicit-deny') return false;
  const role = caller.roleArn === null ? null : findRoleByArn(local, caller.roleArn);
  if (caller.policy !== null || caller.policyArns.length > 0 || (role?.permissionsBoundary ?? null) !== null) {
    throw unsupported('a bucket policy that allows what a permissions boundary or a session policy may limit');
  }
  return true;
}
