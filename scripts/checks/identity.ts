import { shownUnencrypted, type Unencrypted } from '../credentials/connection/unencrypted';
import { clockSkew } from '../credentials/refusals/refusal-words';
import type { Proof } from '../identity/prove';
import type { CheckResult } from './check';
import { pass, warn } from './result';

/** How far AWS lets a clock be off. https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const tolerated = 5 * 60_000;

/**
 * Whom STS says the credentials are of. The SDK corrects a clock that is off and asks again; other tools do not.
 *
 * @param unencrypted endpoints at which tokens can be read on the way, and to which somebody has agreed
 */
export function identityCheck({ identity, clockOffsetMs }: Pick<Proof, 'identity' | 'clockOffsetMs'>, unencrypted: readonly Unencrypted[]): CheckResult {
  if (unencrypted.length > 0) {
    return warn('identity', `${identity.arn}. Asked without encryption: ${shownUnencrypted(unencrypted)}. Whoever is on the way can read the session token, and what is deployed.`, 'Give the endpoint as https://, or reach it at 127.0.0.1 through a tunnel.');
  }
  if (Math.abs(clockOffsetMs) <= tolerated) return pass('identity', identity.arn);
  const { message, fix } = clockSkew({ clockOffsetMs });
  return warn('identity', `${identity.arn}. ${message} It was corrected for this run.`, fix);
}
