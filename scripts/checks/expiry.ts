import { renewalOf } from '../credentials/renewal';
import type { Check, Proven } from './check';
import { minutesText } from './minutes-text';
import { fail, pass, skip, warn } from './result';

/**
 * That the session lasts as long as a deployment should have: the provider says when it ends,
 * AWS_CREDENTIAL_EXPIRATION, or the login that it comes from.
 *
 * @param now milliseconds since 1970
 */
export function expiry(now: () => number = Date.now): Check<Pick<Proven, 'proof' | 'found' | 'configuration' | 'surroundings'>> {
  return {
    id: 'expiry',
    run({ proof: { credentials }, found, configuration: { minSessionMinutes }, surroundings: { options } }) {
      if (credentials.sessionToken === undefined) return skip('expiry', 'long-term keys do not end by themselves');
      if (found.renews === true && found.renewsUntil === undefined) return pass('expiry', 'a new session is made whenever one ends, while CDK runs too');
      const end = laterOf(credentials.expiration, found.renews === true ? found.renewsUntil : undefined);
      if (end === undefined) return skip('expiry', `when the session ends is not known; ${found.source === 'environment' ? 'AWS_CREDENTIAL_EXPIRATION would tell' : `${found.title} does not tell`}`);
      const minutes = Math.max(0, Math.floor((end.getTime() - now()) / 60_000));
      if (minutes >= minSessionMinutes) return pass('expiry', `${minutesText(minutes)} left`);
      const message = `The session ends in ${minutesText(minutes)}, and context.takeoff.minSessionMinutes asks for ${minSessionMinutes}: a deployment could outlive it.`;
      return options.command === 'diff' ? warn('expiry', `The session ends in ${minutesText(minutes)}.`, renewalOf(found)) : fail('expiry', 'SESSION_TOO_SHORT', message, renewalOf(found));
    },
  };
}

function laterOf(a: Date | undefined, b: Date | undefined): Date | undefined {
  return a !== undefined && b !== undefined && a > b ? a : (b ?? a);
}
