import type { Run } from './run';
import type { Session } from './session';

/** STS gives such sessions to IAM users, not to roles; that of the root user would be as unrestrained as its keys. */
const isUser = (arn: string): boolean => /^arn:[^:]+:iam::\d{12}:user\//.test(arn);

/** Minutes that the session lasts. */
const lasts = 60;

/**
 * Where a person sits at a terminal and long-term keys were found: offers to exchange them for a session of one hour,
 * so that CDK gets nothing that does not end. Only a person could give the code of an MFA device. Not offered for an
 * emulator, whose keys open nothing, nor where the configuration asks for sessions of an hour or more.
 *
 * @param forIam what needs IAM itself, so that a session without MFA is of no use to it: `bootstrap`
 * @returns the session to go on with: the same where nothing was exchanged
 * @throws Failure of STS, of the MFA code, or INTERRUPTED
 */
export async function exchangeKeys(run: Run, session: Session, forIam: string | null = null): Promise<Session> {
  const { found, proof } = session;
  const isOfAws = found.source !== 'local' && found.aws['AWS_ENDPOINT_URL'] === undefined;
  const wouldDo = run.configuration.minSessionMinutes < lasts;
  if (!run.canAsk || !isOfAws || !wouldDo || proof.kind !== 'long-term' || !isUser(proof.identity.arn)) return session;
  const { exchangeNow } = await import('./exchange-now');
  return exchangeNow(run, session, forIam);
}

/**
 * The session with which `what` can call IAM: the long-term keys again, where they were exchanged without MFA.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
export function ableToCallIam(run: Run, session: Session, what: string): Session {
  const { exchanged, ...rest } = session;
  if (exchanged === undefined || exchanged.withMfa) return session;
  run.screen.line(`The long-term keys themselves are used for ${what}: a session without MFA may not call IAM.`);
  return { ...rest, found: exchanged.found, proof: exchanged.proof };
}
