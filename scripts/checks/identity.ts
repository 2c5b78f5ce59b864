import { clockSkew } from '../credentials/refusals/refusal-words';
import type { Proof } from '../identity/prove';
import type { CheckResult } from './check';
import { pass, warn } from './result';

/** How far AWS lets a clock be off. https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const tolerated = 5 * 60_000;

/** Whom STS says the credentials are of. The SDK corrects a clock that is off and asks again; other tools do not. */
export function identityCheck({ identity, clockOffsetMs }: Pick<Proof, 'identity' | 'clockOffsetMs'>): CheckResult {
  if (Math.abs(clockOffsetMs) <= tolerated) return pass('identity', identity.arn);
  const { message, fix } = clockSkew({ clockOffsetMs });
  return warn('identity', `${identity.arn}. ${message} It was corrected for this run.`, fix);
}
