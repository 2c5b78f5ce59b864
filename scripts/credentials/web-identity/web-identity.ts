import type { CiSystem } from '../../ci/ci-system';
import { retrying } from '../../ci/retry';
import { Failure } from '../../failures/failure';
import { shellPath } from '../../process/shell-word';
import { registerSecret } from '../../secrets/registry';
import { assumeRole } from '../sessions/assume-role';
import type { AwsVariables } from '../connection/aws-variables';
import { errorFacts } from '../refusals/error-facts';
import { memoize } from '../memoize';
import { readTextFile } from '../read-text-file';
import type { RefusalContext } from '../refusals/refusal-context';
import type { Credentials, Provider } from '../source';
import { claimsOf, type TokenClaims } from './token-claims';

/** Which role is assumed with which token. */
export interface WebIdentity {
  readonly roleArn: string;
  /** Gives the token anew for each session: whoever keeps it replaces it before it ends. */
  readonly token: () => Promise<string> | string;
  /** STS takes 2 to 64 letters, digits and `+=,.@-_`. */
  readonly sessionName: string;
  readonly aws: AwsVariables;
  /** Of the STS that is asked. */
  readonly region: string;
  readonly found: NonNullable<RefusalContext['found']>;
  /** Of the job whose token it is. */
  readonly system?: CiSystem | null;
  /** What the project knows of the role, asked where AWS refuses it. */
  readonly trusted?: (claims: TokenClaims) => NonNullable<RefusalContext['webIdentity']>['trusted'];
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}

/** What the SDK does not try again by itself, though it can heal: clocks that differ by seconds, and an issuer that was slow. */
function heals(error: unknown): boolean {
  return errorFacts(error).some(({ name, message }) => name.startsWith('InvalidIdentityToken') && /not yet valid|verification key/i.test(message));
}

/**
 * The session of a role that a token is exchanged for, an hour long.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function webIdentityProvider(identity: WebIdentity): Provider {
  const { roleArn, aws, region, found, system = null, trusted } = identity;
  return memoize(async () => {
    const token = await identity.token();
    try {
      return await retrying(() => exchange(identity, token), { attempts: 4, base: 1000, heals, wait: identity.wait });
    } catch (error) {
      const claims = claimsOf(token);
      const { translate } = await import('../refusals/refusal');
      throw translate(error, { aws, region, found, webIdentity: { roleArn, claims, system, trusted: claims === null ? null : trusted?.(claims) ?? null } });
    }
  });
}

async function exchange({ roleArn, sessionName, aws, region }: WebIdentity, token: string): Promise<Credentials> {
  const { AssumeRoleWithWebIdentityCommand } = await import('../connection/sts-client');
  const command = new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: sessionName, WebIdentityToken: token });
  return assumeRole(aws, region, null, (client) => client.send(command));
}

/**
 * The token in the file that `namedBy` names, registered as a secret.
 *
 * @param namedBy as a sentence calls it: `AWS_WEB_IDENTITY_TOKEN_FILE`
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
        ? `Look at it: ls -l ${shellPath(path)}   (whoever set ${namedBy} puts it there: the cluster, or an earlier step of the job. To go on without it: unset ${namedBy})`
        : `Look at it: ls -l ${shellPath(path)}   (whoever wrote ${namedBy} says what puts it there)`,
    });
  }
  const token = file.text.trim();
  registerSecret(token);
  return token;
}
