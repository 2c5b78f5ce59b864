import { AwsError } from '../aws-error';
import { deniedByResource, refusalOf, refusalSentence } from '../iam/authorize';
import { callerContext, roleOfSession } from '../iam/caller-context';
import type { ContextValue } from '../iam/request-context';
import { evaluateTrust, type TrustRequest } from '../iam/trust';
import type { QueryValue } from '../query';
import type { LocalAws, LocalRequest } from '../service';
import type { XmlObject } from '../xml';
import { readAssumeRole, type AssumeRoleInput } from './assume-role-input';
import { describeSession, roleSessionContext, verifyDuration } from './role-session';
import { inheritTags } from './session-tags';
import { createRoleSession, getSession, type Session } from './sessions';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function assumeRole(local: LocalAws, request: LocalRequest, parameters: QueryValue): XmlObject {
  const caller = getSession(local, request.caller.accessKeyId);
  const given = readAssumeRole(local, parameters);
  // Inherited tags are judged as if they were given: the next role's trust policy must allow sts:TagSession for them too.
  const input = { ...given, ...inheritTags(caller, given) };
  const sourceIdentity = caller.sourceIdentity ?? input.sourceIdentity;
  verifyAllowed(local, caller, request.region, input);
  verifyDuration(local, input);
  verifyChained(input);
  const session = createRoleSession(local, input.roleArn, input.sessionName, input.seconds, {
    policy: input.policy,
    policyArns: input.policyArns,
    tags: input.tags,
    transitiveTagKeys: input.transitiveTagKeys,
    sourceIdentity,
  });
  return { ...describeSession(session), SourceIdentity: sourceIdentity ?? undefined };
}

/** Every action that the call stands for must be allowed by the role's trust policy and by the caller's own policies. */
function verifyAllowed(local: LocalAws, caller: Session, region: string, input: AssumeRoleInput): void {
  const names: TrustRequest['action'][] = ['sts:AssumeRole'];
  if (Object.keys(input.tags).length > 0) names.push('sts:TagSession');
  if (input.sourceIdentity !== null) names.push('sts:SetSourceIdentity');
  const { arn, account } = caller.caller;
  const context = requestContext(local, input);
  for (const action of names) {
    const trust = evaluateTrust(local, input.roleArn, {
      action,
      principal: { kind: 'AWS', account, arns: [arn, caller.roleArn ?? roleOfSession(arn)] },
      context: { ...callerContext(local, caller, { region }, action), ...context },
    });
    const refusal = refusalOf(local, caller, { region }, action, input.roleArn, context);
    // A trust policy that names the caller itself stands for the permission that its identity lacks.
    const refused = refusal !== null && !(trust.namesPrincipal && refusal.decision === 'implicit-deny' && refusal.policies === 'identity-based policy');
    if (trust.decision === 'allow' && !refused) continue;
    const reason = refused ? refusal.reason : trust.decision === 'deny' ? deniedByResource : '';
    throw new AwsError('AccessDenied', refusalSentence(caller.caller, action, input.roleArn, reason), 403);
  }
}

function requestContext(local: LocalAws, input: AssumeRoleInput): Record<string, ContextValue> {
  const context = roleSessionContext(local, input);
  if (input.externalId !== null) context['sts:ExternalId'] = input.externalId;
  if (input.sourceIdentity !== null) context['sts:SourceIdentity'] = input.sourceIdentity;
  if (input.transitiveTagKeys.length > 0) context['sts:TransitiveTagKeys'] = input.transitiveTagKeys;
  if (Object.keys(input.tags).length > 0) context['aws:TagKeys'] = Object.keys(input.tags);
  for (const [key, value] of Object.entries(input.tags)) context[`aws:RequestTag/${key}`] = value;
  return context;
}

/** Who calls has a session of a role already, so an hour is the most: role chaining. */
function verifyChained({ seconds }: AssumeRoleInput): void {
  if (seconds > 3600) throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
}
