import { Failure } from '../failures/failure';
import { registerSecret } from '../secrets/registry';
import { assumeRole } from './assume-role';
import type { AwsVariables } from './aws-variables';
import { memoize } from './memoize';
import { readTextFile } from './read-text-file';
import { translate, type RefusalContext } from './refusal';
import type { Provider } from './source';
import { claimsOf } from './token-claims';

export interface WebIdentity {
  readonly roleArn: string;
  readonly tokenFile: string;
  /** How a sentence calls what names the file: `AWS_WEB_IDENTITY_TOKEN_FILE`. */
  readonly namedBy: string;
  readonly sessionName?: string | undefined;
  readonly aws: AwsVariables;
  /** Of the STS that is asked. */
  readonly region: string;
  readonly found: NonNullable<RefusalContext['found']>;
}

/**
 * The session of a role that a token in a file is exchanged for. The file is read anew for each session: whoever keeps
 * it there replaces it before the token ends.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function webIdentityProvider({ roleArn, tokenFile, namedBy, sessionName, aws, region, found }: WebIdentity): Provider {
  return memoize(async () => {
    const token = readToken(tokenFile, namedBy);
    try {
      const { AssumeRoleWithWebIdentityCommand } = await import('@aws-sdk/client-sts');
      const command = new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: sessionName ?? 'cdk-takeoff', WebIdentityToken: token });
      return await assumeRole(aws, region, null, (client) => client.send(command));
    } catch (error) {
      throw translate(error, { aws, region, found, webIdentity: { roleArn, claims: claimsOf(token) } });
    }
  });
}

/**
 * The token in the file that `namedBy` names, registered as a secret.
 *
 * @throws Failure OIDC_TOKEN_UNAVAILABLE
 */
export function readToken(path: string, namedBy: string): string {
  const file = readTextFile(path);
  const why = file.kind === 'absent' ? 'is not there' : file.kind === 'unusable' ? file.why : file.text.trim() === '' ? 'is empty' : null;
  if (file.kind !== 'text' || why !== null) {
    throw new Failure({
      code: 'OIDC_TOKEN_UNAVAILABLE',
      message: `The token file ${path}, which ${namedBy} names, ${why ?? 'cannot be read'}.`,
      fix: namedBy.startsWith('AWS_')
        ? `Look at it: ls -l ${path}   (whoever set ${namedBy} puts it there: the cluster, or an earlier step of the job. To go on without it: unset ${namedBy})`
        : `Look at it: ls -l ${path}   (whoever wrote ${namedBy} says what puts it there)`,
    });
  }
  const token = file.text.trim();
  registerSecret(token);
  return token;
}
