import type { AwsVariables } from '../credentials/connection/aws-variables';
import { translate } from '../credentials/refusals/refusal';
import type { Found } from '../credentials/source';
import { logInByCode } from './code-flow';
import { logInByDevice } from './device-flow';
import { keepToken } from './keep-token';
import type { LoginInit, LoginStep } from './login-step';
import { openOidc } from './oidc';
import { refusedLogin } from './refused-login';

/** Which login, and where it is kept. */
export interface SsoLoginInit extends Omit<LoginInit, 'oidc'> {
  readonly flow: LoginStep['kind'];
  readonly aws: AwsVariables;
  readonly home: string;
  readonly found: Pick<Found, 'title' | 'source' | 'profile' | 'renewal'>;
}

/**
 * Logs in to IAM Identity Center, and keeps the login where the AWS CLI and the SDKs look.
 *
 * @throws Failure; the reason of `signal` where that ended it
 */
export async function logInWithSso({ flow, aws, home, found, ...init }: SsoLoginInit): Promise<void> {
  const { settings, signal } = init;
  const oidc = await openOidc(aws, settings);
  try {
    const token = await (flow === 'browser' ? logInByCode : logInByDevice)({ ...init, oidc });
    await keepToken(home, settings, token);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw refusedLogin(error, settings) ?? translate(error, { aws, region: settings.region, service: 'sso_oidc', found });
  } finally {
    oidc.close();
  }
}
