import { Failure } from '../../failures/failure';
import type { Profile } from '../profiles/profile';
import { keepCliSession, readCliSession } from './cli-session';
import { errorFacts } from '../refusals/error-facts';
import type { AskMfaCode, Credentials } from '../source';

/** A role that wants a code, and how it is assumed with one. */
export interface MfaRole {
  /** That names the role and the device. */
  readonly profile: Profile;
  readonly home: string;
  /** Of an STS that is not AWS's own. */
  readonly endpoint: string | null;
  /** Absent where nobody can be asked. */
  readonly askCode: AskMfaCode | undefined;
  /** Assumes the role with a code. Throws what the SDK throws. */
  readonly assume: (code: string) => Promise<Credentials>;
}

/** How often a person is asked, as AWS locks no device but every code works once. */
const attempts = 3;

/**
 * The session of a role that wants a code of an MFA device: the one that is kept, else a new one, for which the person
 * is asked, again where the code was wrong.
 *
 * @throws Failure MFA_REQUIRED, and what `assume` throws
 */
export async function mfaSession({ profile, home, endpoint, askCode, assume }: MfaRole): Promise<Credentials> {
  const kept = readCliSession(home, profile, endpoint);
  if (kept !== null) return kept;
  if (askCode === undefined) throw new Error(`Profile ${profile.name} requires multi-factor authentication, and nobody can be asked.`);
  const serial = profile.properties.get('mfa_serial') ?? '';
  const session = await withMfaCode(serial, askCode, assume);
  if (session !== null) {
    keepCliSession(home, profile, endpoint, session);
    return session;
  }
  throw new Failure({ code: 'MFA_REQUIRED', message: `The role of profile ${profile.name} asks for an MFA code, and none of six digits was given.`, fix: 'Run the same command again with the code that the device shows then.' });
}

/**
 * Calls with a code of the MFA device `serial`, again where the code was wrong.
 *
 * @returns `null` where the person gave none of six digits
 * @throws what `call` throws
 */
export async function withMfaCode<Result>(serial: string, askCode: AskMfaCode, call: (code: string) => Promise<Result>): Promise<Result | null> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const called = await askCode(serial, attempt > 1, async (given) => {
        const code = given.replaceAll(/\s/g, '');
        return /^\d{6}$/.test(code) ? { result: await call(code) } : null;
      });
      if (called !== null) return called.result;
    } catch (error) {
      if (attempt === attempts || !refusesCode(error)) throw error;
    }
  }
  return null;
}

function refusesCode(error: unknown): boolean {
  return errorFacts(error).some(({ message }) => /MultiFactorAuthentication failed with invalid/i.test(message));
}
