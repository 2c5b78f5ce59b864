import type { LocalAws } from '../service';
import type { Session } from '../sts/sessions';
import type { ContextValue } from './request-context';
import { findRoleByArn } from './roles';

/**
 * The condition keys that every request of a session has. The tags of the session override those of its role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(
  local: LocalAws,
  session: Session,
  { region, sourceIp = '127.0.0.1' }: { readonly region?: string; readonly sourceIp?: string },
  action: string,
): Record<string, ContextValue> {
  const { account, arn, userId } = session.caller;
  const role = session.roleArn === null ? null : findRoleByArn(local, session.roleArn);
  const now = new Date();
  const context: Record<string, ContextValue> = {
    'aws:PrincipalArn': role?.arn ?? roleOfSession(arn),
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:userid': userId,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:TokenIssueTime': session.issued,
    'aws:MultiFactorAuthPresent': 'false',
    // 127.0.0.1 stands for AWS's endpoints, which everyone reaches by TLS.
    'aws:SecureTransport': 'true',
    // The server listens nowhere else.
    'aws:SourceIp': sourceIp,
    // There is one account here, so what exists is in it.
    'aws:ResourceAccount': local.account,
    ...(region === undefined ? {} : { 'aws:RequestedRegion': region }),
    ...(session.sourceIdentity === null ? {} : { 'aws:SourceIdentity': session.sourceIdentity }),
  };
  if (action.startsWith('s3:')) context['s3:ResourceAccount'] = local.account;
  if (action.startsWith('kms:')) context['kms:CallerAccount'] = account;
  for (const [key, value] of Object.entries({ ...role?.tags, ...session.tags })) context[`aws:PrincipalTag/${key}`] = value;
  return context;
}

/** `arn:aws:iam::1:role/R` of `arn:aws:sts::1:assumed-role/R/S`. */
export function roleOfSession(arn: string): string {
  return arn.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');
}
