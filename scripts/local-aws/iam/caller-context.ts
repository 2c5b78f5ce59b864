import type { LocalAws } from '../service';
import type { SessionIdentity } from '../sts/sessions';
import type { ContextValue } from './request-context';
import { findRoleByArn } from './roles';

/**
 * The condition keys that every request of a session has. The tags of the session override those of its role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(
  local: LocalAws,
  session: SessionIdentity,
  { region, sourceIp }: { readonly region?: string; readonly sourceIp?: string | null },
  action: string,
): Record<string, ContextValue> {
  const { account, arn, userId } = session.caller;
  const role = session.roleArn === null ? null : findRoleByArn(local, session.roleArn);
  const context: Record<string, ContextValue> = {
    ...requestFacts(local, sourceIp),
    'aws:PrincipalArn': role?.arn ?? roleOfSession(arn),
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': userId,
    'aws:TokenIssueTime': session.issued,
    'aws:MultiFactorAuthPresent': 'false',
    ...(region === undefined ? {} : { 'aws:RequestedRegion': region }),
    ...(session.sourceIdentity === null ? {} : { 'aws:SourceIdentity': session.sourceIdentity }),
    ...(session.federatedProvider === undefined ? {} : { 'aws:FederatedProvider': session.federatedProvider }),
  };
  if (action.startsWith('s3:')) context['s3:ResourceAccount'] = local.account;
  if (action.startsWith('kms:')) context['kms:CallerAccount'] = account;
  for (const [key, value] of Object.entries({ ...role?.tags, ...session.tags })) context[`aws:PrincipalTag/${key}`] = value;
  return context;
}

/**
 * The condition keys that every request has, whoever sends it.
 *
 * @param sourceIp null for AWS's own services, whose addresses nobody knows
 */
export function requestFacts(local: LocalAws, sourceIp: string | null = '127.0.0.1'): Record<string, ContextValue> {
  const now = new Date();
  return {
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    // 127.0.0.1 stands for AWS's endpoints, which everyone reaches by TLS.
    'aws:SecureTransport': 'true',
    // The server listens nowhere else.
    ...(sourceIp === null ? {} : { 'aws:SourceIp': sourceIp }),
    // There is one account here, so what exists is in it.
    'aws:ResourceAccount': local.account,
  };
}

/** `arn:aws:iam::1:role/R` of `arn:aws:sts::1:assumed-role/R/S`. */
export function roleOfSession(arn: string): string {
  return arn.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
}
