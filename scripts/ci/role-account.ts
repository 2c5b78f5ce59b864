import type { CiSettings } from '../configuration/ci-settings';
import { variableIn, type Environment } from '../process/environment';
import { inCi } from './in-ci';

/**
 * The account of the role that a job assumes, known before it has any credentials: twelve digits, `null` where no role
 * is named. What is synthesized for it is what a deploy from a desk would synthesize.
 */
export function accountOfRole(environment: Environment, ci: CiSettings | undefined): string | null {
  const named = variableIn(environment, 'AWS_ROLE_ARN') ?? (inCi(environment) ? ci?.roleArn : null);
  return /^arn:[\w-]+:iam::(\d{12}):role\//.exec(named ?? '')?.[1] ?? null;
}
