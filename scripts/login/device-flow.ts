import { setTimeout as pause } from 'node:timers/promises';
import { errorFacts } from '../credentials/refusals/error-facts';
import type { SsoToken } from './keep-token';
import type { LoginInit } from './login-step';
import { notInTime } from './refused-login';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

/** Seconds that are added where it was asked too often. https://datatracker.ietf.org/doc/html/rfc8628#section-3.5 */
const slower = 5;

/**
 * Device code: the person logs in at any machine, and compares a code. For where no browser on this one can come back.
 * https://datatracker.ietf.org/doc/html/rfc8628
 *
 * @throws Failure SSO_LOGIN_REQUIRED where it was not finished in time, and what the SDK throws
 */
export async function logInByDevice({ oidc, settings, show, signal, wait = pauseFor }: LoginInit): Promise<SsoToken> {
  const registration = await oidc.register({});
  const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn, interval } = await oidc.startDevice(registration);
  const until = new Date(Date.now() + expiresIn * 1000);
  show({ kind: 'device', url: verificationUri, completeUrl: verificationUriComplete, code: userCode, until });
  let seconds = interval;
  while (Date.now() < until.getTime()) {
    await wait(Math.min(seconds * 1000, Math.max(0, until.getTime() - Date.now())), signal);
    try {
      return await oidc.createToken(registration, { grantType, deviceCode });
    } catch (error) {
      const names = new Set(errorFacts(error).map(({ name }) => name));
      if (names.has('SlowDownException')) seconds += slower;
      else if (names.has('ExpiredTokenException')) throw notInTime(settings);
      else if (!names.has('AuthorizationPendingException')) throw error;
    }
  }
  throw notInTime(settings);
}

async function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal });
}
