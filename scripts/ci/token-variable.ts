import { Failure } from '../failures/failure';
import { variableIn, type Environment } from '../process/environment';
import { registerSecret } from '../secrets/registry';

/**
 * The token that the system has put into the variable `name`, registered as secret. It is the same at each call: a job
 * that lasts longer than it cannot renew.
 *
 * @param fix where it is not there
 * @throws Failure OIDC_TOKEN_UNAVAILABLE
 */
export function tokenInVariable(environment: Environment, name: string, title: string, fix: string): string {
  const token = variableIn(environment, name);
  if (token === null) throw new Failure({ code: 'OIDC_TOKEN_UNAVAILABLE', message: `This job of ${title} has no OIDC token for AWS: ${name} is not set.`, fix });
  registerSecret(token);
  return token;
}
