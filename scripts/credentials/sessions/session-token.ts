import { assumeRole } from './assume-role';
import type { AwsVariables } from '../connection/aws-variables';
import { withMfaCode } from './mfa-session';
import type { AskMfaCode, Credentials } from '../source';

/** Seconds. */
const oneHour = 3600;

/** Which keys are exchanged, and where. */
export interface SessionTokenInit {
  /** Long-term, of a user: a session cannot get another, and one of the root user would be as unrestrained as its keys. */
  readonly keys: Credentials;
  readonly aws: AwsVariables;
  readonly region: string;
  /** Whose code is asked for; `null` for a session without MFA, which may not call IAM. */
  readonly mfa: { readonly serial: string; readonly askCode: AskMfaCode } | null;
}

/**
 * A session of one hour for long-term keys, with the same permissions.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 *
 * @returns `null` where a code is needed and the person gave none of six digits
 * @throws what the SDK throws
 */
export async function sessionForKeys({ keys, aws, region, mfa }: SessionTokenInit): Promise<Credentials | null> {
  const call = (more: object): Promise<Credentials> => assumeRole(aws, region, keys, async (client) => {
    const { GetSessionTokenCommand } = await import('../connection/sts-client');
    return client.send(new GetSessionTokenCommand({ DurationSeconds: oneHour, ...more }));
  });
  if (mfa === null) return call({});
  return withMfaCode(mfa.serial, mfa.askCode, (code) => call({ SerialNumber: mfa.serial, TokenCode: code }));
}
