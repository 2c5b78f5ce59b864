import { AwsError } from '../aws-error';
import type { Caller, LocalAws, LocalRequest, Protocol } from '../service';
import { invalidKey, isRoleOf, type SessionIdentity } from '../sts/sessions';
import { callerContext } from './caller-context';
import { evaluate } from './evaluate';
import { getManagedPolicy } from './managed-policies';
import type { PolicyDocument } from './policy-document';
import { findRoleByArn } from './roles';

/** What of the request the evaluation needs beyond its session. */
export interface AuthorizerInit {
  /** How the called service spells the error: JSON services say AccessDeniedException. */
  readonly protocol?: Protocol;
  /** Of the credential scope. */
  readonly region?: string;
  /** Of the client's socket; null for AWS's own services. */
  readonly sourceIp?: string | null;
  /** Condition keys that the request may have, and nobody knows. */
  readonly unknownKeys?: RegExp;
}

interface PolicySet {
  readonly documents: readonly PolicyDocument[];
  readonly policies: Refusal['policies'];
}

/** Which of a caller's policies stands in the way of a call, and how. */
export interface Refusal {
  readonly decision: 'deny' | 'implicit-deny';
  readonly policies: 'identity-based policy' | 'permissions boundary' | 'session policy';
  /** What AWS's sentence ends with. */
  readonly reason: string;
}

/** How a request is judged: `authorize` of a {@link LocalRequest}. */
type Authorize = LocalRequest['authorize'];

/**
 * Judges what `session` may do: the managed and inline policies of its role, within its role's permissions boundary
 * and its own session policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function authorizer(local: LocalAws, session: SessionIdentity, init: AuthorizerInit = {}): Authorize {
  return (action, resource, context = {}) => {
    const refusal = refusalOf(local, session, init, action, resource, context);
    if (refusal === null) return;
    throw accessDenied(refusalSentence(session.caller, action, resource, refusal.reason), init.protocol);
  };
}

/** What every service says of a refusal. @param reason empty where it says none */
export function refusalSentence({ arn }: Pick<Caller, 'arn'>, action: string, resource: string, reason: string): string {
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`.trimEnd();
}

/** The reason where the policy of a bucket, or of the role to be assumed, denies a call. */
export const deniedByResource = 'with an explicit deny in a resource-based policy';

/**
 * As {@link authorizer}, for services in which a resource's policy has a say as well.
 *
 * @returns null where the caller's policies allow the call
 * @throws AwsError InvalidClientTokenId where the role of the session is gone
 */
export function refusalOf(local: LocalAws, session: SessionIdentity, init: AuthorizerInit, action: string, resource: string, context: Parameters<Authorize>[2] = {}): Refusal | null {
  if (session.roleArn === null) return null;
  if (!isRoleOf(local, session)) throw invalidKey();
  const request = { action, resource, context: { ...callerContext(local, session, init, action), ...context }, unknownKeys: init.unknownKeys };
  const decisions = policySets(local, session).map(({ documents, policies }) => ({ policies, decision: evaluate(documents, request) }));
  const denied = decisions.find(({ decision }) => decision === 'deny') ?? decisions.find(({ decision }) => decision !== 'allow');
  if (denied === undefined || denied.decision === 'allow') return null;
  const { policies, decision } = denied;
  const article = policies === 'identity-based policy' ? 'an' : 'a';
  return { policies, decision, reason: decision === 'deny' ? `with an explicit deny in ${article} ${policies}` : `because no ${policies} allows the ${action} action` };
}

/** AccessDenied as services of `protocol` spell it. */
function accessDenied(message: string, protocol: Protocol = 'query-xml'): AwsError {
  if (protocol === 'query-xml' || protocol === 'rest-xml') return new AwsError('AccessDenied', message, 403);
  return new AwsError('AccessDeniedException', message, protocol === 'rest-json' ? 403 : 400);
}

function policySets(local: LocalAws, session: SessionIdentity): PolicySet[] {
  const role = session.roleArn === null ? null : findRoleByArn(local, session.roleArn);
  if (role === null) return [];
  const documents = (arns: readonly string[]): PolicyDocument[] => arns.map((arn) => getManagedPolicy(local, arn).document);
  const sets: PolicySet[] = [{ documents: [...documents(role.attachedPolicies), ...Object.values(role.inlinePolicies)], policies: 'identity-based policy' }];
  if (role.permissionsBoundary !== null) sets.push({ documents: documents([role.permissionsBoundary]), policies: 'permissions boundary' });
  if (session.policy !== null || session.policyArns.length > 0) {
    sets.push({ documents: [...documents(session.policyArns), ...(session.policy === null ? [] : [session.policy])], policies: 'session policy' });
  }
  return sets;
}
