import type { Environment } from '../process/environment';
import { noAwsFiles } from '../process/no-aws-files';
import { isSecret } from '../secrets/secret-shape';
import { registerSecret } from '../secrets/registry';

/** Names of variables from which an AWS SDK or CLI takes an identity, a region or an endpoint. */
const ofAws = /^(AWS|AMAZON)_/;

/**
 * Takes AWS's variables out of `environment`, the wrapper's own, and returns what it held before. Afterwards no
 * SDK client of ours can pick up an identity, a region or a file that the run did not choose.
 */
export function takeEnvironment(environment: NodeJS.ProcessEnv): Environment {
  const before = Object.freeze({ ...environment });
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!ofAws.test(name)) continue;
    // Also one that was set for a name or a path, which errors show: AWS_PROFILE, AWS_WEB_IDENTITY_TOKEN_FILE.
    if (isSecret(value.trim())) registerSecret(value.trim());
    delete environment[name];
  }
  Object.assign(environment, noAwsFiles);
  return before;
}
