import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import { evaluate, type Decision } from './evaluate';
import type { RequestPrincipal } from './principals';
import type { ContextValue } from './request-context';
import { findRoleByArn, type Role } from './roles';

/** Somebody's wish to act as a role. */
export interface TrustRequest {
  readonly action: 'sts:AssumeRole' | 'sts:AssumeRoleWithWebIdentity' | 'sts:TagSession' | 'sts:SetSourceIdentity';
  readonly principal: RequestPrincipal;
  /** `sts:ExternalId`, `aws:PrincipalTag/…`; of a web identity the claims as `ISSUER:aud`, `ISSUER:sub`. */
  readonly context: Readonly<Record<string, ContextValue>>;
}

/** What a trust policy says, and how it says it. */
export interface TrustDecision {
  readonly decision: Decision;
  /**
   * Whether the policy names the very session, its role or everybody. Where it names their account alone,
   * the account's identity policies must allow the call as well.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
   */
  readonly namesPrincipal: boolean;
}

/**
 * What the trust policy of a role says of `request`. A role that does not exist trusts nobody.
 *
 * @throws AwsError UnsupportedOperation for a condition operator or key that is not modelled
 */
export function evaluateTrust(local: LocalAws, roleArn: string, request: TrustRequest): TrustDecision {
  const role = findRoleByArn(local, roleArn);
  if (role === null) return { decision: 'implicit-deny', namesPrincipal: false };
  const judge = (principal: RequestPrincipal): Decision => evaluate([role.trust], { action: request.action, resource: roleArn, context: request.context, principal });
  const principal = withoutImpostors(local, role, request.principal);
  const decision = judge(principal);
  if (principal.kind !== 'AWS') return { decision, namesPrincipal: decision === 'allow' };
  return { decision, namesPrincipal: decision === 'allow' && judge({ ...principal, account: '' }) === 'allow' };
}

/** Leaves out the ARN of a role that was made anew since the trust policy named it. */
function withoutImpostors(local: LocalAws, { trustedIds }: Role, principal: RequestPrincipal): RequestPrincipal {
  if (principal.kind !== 'AWS') return principal;
  return { ...principal, arns: principal.arns.filter((arn) => trustedIds[arn] === undefined || trustedIds[arn] === findRoleByArn(local, arn)?.id) };
}

/**
 * Whether AWS's service can act as the role: `lambda.amazonaws.com`.
 *
 * @param context `aws:SourceArn` and `aws:SourceAccount`, where the service sends them
 */
export function serviceCanAssume(local: LocalAws, roleArn: string, servicePrincipal: string, context: TrustRequest['context'] = {}): boolean {
  const principal = { kind: 'Service', name: servicePrincipal } as const;
  return evaluateTrust(local, roleArn, { action: 'sts:AssumeRole', principal, context }).decision === 'allow';
}

/** @throws AwsError InvalidParameterValueException, as Lambda says it of the role of a function */
export function verifyServiceCanAssume(local: LocalAws, roleArn: string, servicePrincipal: string): void {
  if (serviceCanAssume(local, roleArn, servicePrincipal)) return;
  throw new AwsError('InvalidParameterValueException', 'The role defined for the function cannot be assumed by Lambda.');
}
