import type { Environment } from 'aws-cdk-lib/core';

/**
 * The account and region that the CDK CLI deploys to. What it does not say is left out, so that the app synthesizes
 * for any. https://docs.aws.amazon.com/cdk/v2/guide/configure-env.html
 */
export function deploymentTarget(environment: NodeJS.ProcessEnv): Environment {
  const account = environment['CDK_DEFAULT_ACCOUNT'];
  const region = environment['CDK_DEFAULT_REGION'];
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) };
}
