import { Failure } from '../failures/failure';
import { registerSecret } from '../secrets/registry';
import type { Environment } from './ci-system';

/**
 * The token that the system has put into the variable `name`, registered as secret. It is the same at each call: a job
 * that lasts longer than it cannot renew.
 *
 * @param fix where it is not there
 * @throws Failure OIDC_TOKEN_UNAVAILABLE
 */
export function tokenInVariable(environment: Environment, name: string, title: string, fix: string): string {
  const token = environment[name]?.trim() ?? '';
  if (token === '') throw new Failure({ code: 'OIDC_TOKEN_UNAVAILABLE', message: `This job of ${title} has no OIDC token for AWS: ${name} is not set.`, fix });
  registerSecret(token);
  return token;
}
