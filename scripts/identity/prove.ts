import { clientConfig } from '../credentials/connection/aws-client';
import { told } from '../credentials/connection/call-log';
import type { Credentials, Found, Region } from '../credentials/source';
import type { Identity } from './identity';

/** Whose credentials they are, as STS says. */
export interface Proof {
  readonly identity: Identity;
  /** Those that STS accepted. */
  readonly credentials: Credentials;
  readonly kind: 'long-term' | 'temporary';
  /** How far this machine's clock is behind AWS's, in milliseconds; negative where it is ahead; 0 within what AWS tolerates. */
  readonly clockOffsetMs: number;
}

/**
 * Asks STS whose the credentials are. It needs no permission.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 *
 * @param during runs the call itself, when whatever gives the credentials is done with the terminal
 * @throws Failure
 */
export async function proveIdentity(found: Found, region: Region, during = <Answer>(call: () => Promise<Answer>): Promise<Answer> => call()): Promise<Proof> {
  const { aws } = found;
  const loading = import('../credentials/connection/sts-client'); // while the provider looks
  loading.catch(() => undefined);
  const credentials = await found.provider();
  const { GetCallerIdentityCommand, STSClient } = await loading;
  const client = told(new STSClient({ ...await clientConfig(aws, 'sts', region.value), credentials }), 'sts');
  try {
    const answer = await during(() => client.send(new GetCallerIdentityCommand({})));
    return {
      identity: identityOf(answer),
      credentials,
      kind: credentials.sessionToken === undefined ? 'long-term' : 'temporary',
      clockOffsetMs: client.config.systemClockOffset,
    };
  } catch (error) {
    const [{ knownAtHome, saysUnknownKey }, { translate }] = await Promise.all([import('./known-at-home'), import('../credentials/refusals/refusal')]);
    const home = saysUnknownKey(error) ? await knownAtHome(credentials, aws, region.value) : null;
    throw translate(error, { aws, region: region.value, regionSource: region.source, found, credentials, clockOffsetMs: client.config.systemClockOffset, home });
  } finally {
    client.destroy();
  }
}

interface Answer {
  readonly Account?: string | undefined;
  readonly Arn?: string | undefined;
  readonly UserId?: string | undefined;
}

/** A captive portal or a proxy answers 200 with a page of its own: only twelve digits are an answer. */
function identityOf({ Account, Arn, UserId }: Answer): Identity {
  const partition = /^arn:([a-z-]+):/.exec(Arn ?? '')?.[1];
  if (Account === undefined || !/^\d{12}$/.test(Account) || Arn === undefined || partition === undefined) {
    throw Object.assign(new Error('no account in the answer of STS'), { name: 'NoAccountError' }); // the table of refusals has it
  }
  return { account: Account, arn: Arn, userId: UserId ?? '', partition };
}
