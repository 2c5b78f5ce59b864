import { relative } from 'node:path';
import { pass } from '../checks/result';
import { readAwsFiles } from '../credentials/profiles/aws-files';
import { memoize } from '../credentials/memoize';
import { readMfaDevices } from '../credentials/sessions/mfa-devices';
import { translate } from '../credentials/refusals/refusal';
import { sessionForKeys } from '../credentials/sessions/session-token';
import type { Credentials, Found } from '../credentials/source';
import { Failure } from '../failures/failure';
import { proveIdentity } from '../identity/prove';
import { shellWord } from '../process/shell-word';
import { maskAccessKeyId } from '../secrets/key-shapes';
import { askExchange, askMfaDevice, type AskExchangeInit } from '../terminal/ask-exchange';
import { withPrompts } from '../terminal/prompts';
import { wrap } from '../terminal/wrap';
import { choiceFile, keepChoice, readChoice, type Remembered } from './exchange-choice';
import { show } from './run-checks';
import type { Run } from './run';
import { sameCommand } from './same-command';
import type { Session } from './session';

/**
 * Asks whether long-term keys are to be exchanged, unless that is remembered, and does it.
 *
 * @param forIam what the session would be for, where that is to call IAM
 * @throws Failure
 */
export async function exchangeNow(run: Run, session: Session, forIam: string | null): Promise<Session> {
  const { arn } = session.proof.identity;
  const before = readChoice(run.cache, arn);
  if (before?.choice === 'never' || (before?.choice !== 'exchange' && run.options.yes)) return session;
  const { serial, ...wanted } = await askWanted(run, session, before);
  if (wanted.choice !== 'exchange') {
    await keepChoice(run.cache, arn, wanted);
    return session;
  }
  if (before?.choice === 'exchange') sayThatItIsRemembered(run);
  if (serial === null && forIam !== null) {
    say(run, `No MFA device, so the long-term keys themselves are used for ${forIam}: a session without MFA may not call IAM.`);
    return session;
  }
  const exchanged = await exchange(run, session, serial);
  await keepChoice(run.cache, arn, exchanged === session ? { choice: 'keys' } : wanted); // a code in vain is not asked for again
  return exchanged;
}

interface Wanted extends Remembered {
  /** Of the MFA device, `null` for none. */
  readonly serial: string | null;
}

function askWanted(run: Run, session: Session, before: Remembered | null): Promise<Wanted> {
  const { found, proof } = session;
  return withPrompts(async (prompts) => {
    const init: AskExchangeInit = { prompts, style: run.screen.style, write: (text) => run.screen.line(text) };
    const choice = before?.choice === 'exchange' ? 'exchange' : await askExchange(init, before === null ? 'exchange' : 'keys');
    if (choice !== 'exchange') return { choice, serial: null };
    const ofProfile = serialOfProfile(run, session);
    if (ofProfile !== undefined) return { choice, serial: ofProfile };
    if (before?.mfaSerial !== undefined) return { ...before, serial: before.mfaSerial };
    const devices = await prompts.busy(() => readMfaDevices(proof.credentials, found.aws, proof.identity.partition));
    const serial = await askMfaDevice(init, devices);
    const typed = devices.kind === 'unknown' && serial !== null ? { mfaSerial: serial } : {};
    return { choice, serial, ...typed };
  });
}

function say({ screen }: Run, text: string): void {
  screen.line(wrap(text, screen.style.columns));
}

function sayThatItIsRemembered(run: Run): void {
  const path = relative(run.surroundings.projectDirectory, choiceFile(run.cache));
  say(run, run.screen.style.dim('The long-term keys are exchanged for a session, as you chose before.'));
  run.screen.line(run.screen.style.dim(`  rm ${shellWord(path)}   (to be asked again)`));
}

function serialOfProfile({ surroundings }: Run, { found }: Session): string | undefined {
  return found.profile === null ? undefined : readAwsFiles(surroundings).profiles.get(found.profile)?.properties.get('mfa_serial');
}

/** AWS may forbid it (a policy of the organization): then the keys serve, and that is said. */
async function exchange(run: Run, session: Session, serial: string | null): Promise<Session> {
  const { found, region, proof } = session;
  const { askMfaCode } = run.surroundings;
  const mfa = serial === null || askMfaCode === undefined ? null : { serial, askCode: askMfaCode };
  const get = (): Promise<Credentials | null> => sessionForKeys({ keys: proof.credentials, aws: found.aws, region: region.value, mfa });
  const credentials = await get().catch((error: unknown) => {
    const failure = translate(error, { aws: found.aws, region: region.value, found, credentials: proof.credentials });
    if (failure.code !== 'ACCESS_DENIED') throw failure;
    return 'denied' as const;
  });
  if (credentials === 'denied') {
    say(run, run.screen.style.caution('AWS does not let this user get a session (sts:GetSessionToken is denied), so the long-term keys themselves are used.'));
    return session;
  }
  if (credentials === null) throw new Failure({ code: 'MFA_REQUIRED', message: 'None of six digits was given for the MFA code.', fix: `${sameCommand(run.options, '')}   (with the code that the device shows then)` });
  return proved(run, session, credentials, mfa === null ? get : null);
}

/** @param renew gets another session, where nobody need be asked for that */
async function proved(run: Run, session: Session, credentials: Credentials, renew: (() => Promise<Credentials | null>) | null): Promise<Session> {
  let first: Credentials | null = credentials;
  const provider = renew === null ? () => Promise.resolve(credentials) : memoize(async () => {
    const next = first ?? await renew();
    first = null;
    return next ?? credentials;
  });
  const found: Found = {
    ...session.found,
    provider,
    title: `a session for ${session.found.title}`,
    renews: renew !== null,
    renewal: `${sameCommand(run.options, '')}   (the keys are exchanged for a new session)`,
  };
  const proof = await proveIdentity(found, session.region);
  const withMfa = renew === null;
  const without = withMfa ? 'with MFA' : 'without MFA: it may not call IAM, for which the keys themselves are used';
  show(run, pass('key-kind', `a session of one hour in place of the long-term keys, ${without} (${maskAccessKeyId(credentials.accessKeyId)})`));
  return { ...session, found, proof, exchanged: { found: session.found, proof: session.proof, withMfa } };
}
