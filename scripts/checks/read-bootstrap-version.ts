import { clientConfig } from '../credentials/connection/aws-client';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { told } from '../credentials/connection/call-log';
import { isDenied } from '../credentials/refusals/is-denied';
import type { RefusalContext } from '../credentials/refusals/refusal-context';
import type { Credentials } from '../credentials/source';
import type { AssumeBootstrapRole } from './assume-bootstrap-role';
import type { BootstrapVersion, ReadVersion } from './bootstrap';

/** Whose credentials read, in which account they are themselves, and how they act as a role of the bootstrap. */
export interface VersionReader {
  readonly credentials: Credentials;
  readonly account: string;
  readonly aws: AwsVariables;
  /** For what is said where they are refused. */
  readonly found?: NonNullable<RefusalContext['found']>;
  readonly assume: AssumeBootstrapRole;
}

/**
 * Reads bootstrap versions from SSM: with the credentials of the run in their own account, and where those may not, or in
 * another account, through the bootstrap's roles. Where nobody may, the answer is `unknown`.
 *
 * @throws Failure where AWS cannot be reached or refuses the credentials
 */
export function readVersionWith({ credentials, account, aws, assume, found }: VersionReader): ReadVersion {
  return async (parameter, place, roles) => {
    const own = place.account === account;
    const answer = own ? await readAs({ aws, region: place.region, credentials, ...(found === undefined ? {} : { found }) }, credentials, parameter) : null;
    if (answer !== null) return answer;
    for (const role of roles) {
      const assumption = await assume(role);
      const read = assumption.kind === 'assumed' ? await readAs({ aws, region: place.region }, assumption.credentials, parameter) : null;
      if (read !== null) return read;
    }
    const who = own ? `these credentials may not read the SSM parameter ${parameter}` : `the SSM parameter ${parameter} is another account's`;
    return { kind: 'unknown', why: roles.length === 0 ? who : `${who}, nor may they through ${roles.map((role) => role.split('/').at(-1)).join(' or ')}` };
  };
}

/** `null` where these credentials may not. */
async function readAs(context: RefusalContext & { readonly region: string }, credentials: Credentials, parameter: string): Promise<BootstrapVersion | null> {
  const { GetParameterCommand, SSMClient } = await import('./ssm-client');
  const client = told(new SSMClient({ ...await clientConfig(context.aws, 'ssm', context.region), credentials }), 'ssm');
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: parameter }));
    const text = Parameter?.Value ?? '';
    return /^\d+$/.test(text) ? { kind: 'version', version: Number(text) } : { kind: 'unknown', why: `the SSM parameter ${parameter} holds no number` };
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return { kind: 'absent' };
    if (isDenied(error)) return null;
    const { translate } = await import('../credentials/refusals/refusal');
    throw translate(error, { ...context, service: 'ssm' });
  } finally {
    client.destroy();
  }
}
