import { devNull } from 'node:os';
import type { Environment } from '../process/environment';

/** Names of variables from which an AWS SDK or CLI takes an identity, a region or an endpoint. */
const ofAws = /^(AWS|AMAZON)_/;

/**
 * Takes AWS's variables out of `environment`, the wrapper's own, and returns what it held before. Afterwards no
 * SDK client of ours can pick up an identity, a region or a file that the run did not choose.
 */
export function takeEnvironment(environment: NodeJS.ProcessEnv): Environment {
  const before = Object.freeze({ ...environment });
  for (const name of Object.keys(environment)) {
    if (ofAws.test(name)) delete environment[name];
  }
  environment['AWS_CONFIG_FILE'] = devNull;
  environment['AWS_SHARED_CREDENTIALS_FILE'] = devNull;
  environment['AWS_EC2_METADATA_DISABLED'] = 'true';
  environment['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  return before;
}
