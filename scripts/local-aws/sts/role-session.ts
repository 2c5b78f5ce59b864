import { AwsError } from '../aws-error';
import type { ContextValue } from '../iam/request-context';
import { findRoleByArn, roleTagContext } from '../iam/roles';
import type { LocalAws } from '../service';
import type { XmlObject } from '../xml';
import type { RoleSessionInput } from './role-session-input';
import type { Session } from './sessions';

/** What a role's trust policy can ask about any session of it. */
export function roleSessionContext(local: LocalAws, { roleArn, sessionName, seconds }: RoleSessionInput): Record<string, ContextValue> {
  return {
    'sts:RoleSessionName': sessionName,
    'sts:DurationSeconds': String(seconds),
    ...roleTagContext(findRoleByArn(local, roleArn)),
  };
}

/** @throws AwsError ValidationError */
export function verifyDuration(local: LocalAws, { roleArn, seconds }: RoleSessionInput): void {
  if (seconds > (findRoleByArn(local, roleArn)?.maxSessionDuration ?? 0)) {
    throw new AwsError('ValidationError', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}

/** What each of STS's AssumeRole calls answers of a new session. */
export function describeSession({ accessKeyId, secretAccessKey, sessionToken, expiration, caller }: Session): XmlObject {
  return {
    AssumedRoleUser: { AssumedRoleId: caller.userId, Arn: caller.arn },
    Credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expiration },
  };
}
