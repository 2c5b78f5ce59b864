import type { AwsVariables } from '../credentials/connection/aws-variables';
import { errorFacts } from '../credentials/refusals/error-facts';
import { sessionOfBootstrapRole } from '../credentials/sessions/bootstrap-role';
import type { Credentials } from '../credentials/source';

/** What came of an attempt to act as a bootstrap role. `why` is AWS's name for the refusal. */
export type Assumption =
  | { readonly kind: 'assumed'; readonly credentials: Credentials }
  | { readonly kind: 'refused'; readonly why: string };

/** @throws Failure where STS cannot be reached */
export type AssumeBootstrapRole = (roleArn: string) => Promise<Assumption>;

/**
 * Acts as roles of CDK's bootstrap, once as each. A role that is not there is refused as one that may not be assumed is.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * @param region of the STS that is asked
 */
export function assumeBootstrapRoleWith(credentials: Credentials, aws: AwsVariables, region: string): AssumeBootstrapRole {
  const assumed = new Map<string, Promise<Assumption>>();
  return (roleArn) => {
    const before = assumed.get(roleArn);
    if (before !== undefined) return before;
    const attempt = assume(roleArn, credentials, aws, region);
    assumed.set(roleArn, attempt);
    return attempt;
  };
}

async function assume(roleArn: string, credentials: Credentials, aws: AwsVariables, region: string): Promise<Assumption> {
  try {
    return { kind: 'assumed', credentials: await sessionOfBootstrapRole(roleArn, 'check', credentials, aws, region) };
  } catch (error) {
    const fact = errorFacts(error).find(({ status }) => status >= 400 && status < 500);
    if (fact !== undefined) return { kind: 'refused', why: /^\w{1,60}$/.test(fact.name) ? fact.name : 'a refusal' };
    const { translate } = await import('../credentials/refusals/refusal');
    throw translate(error, { aws, region, credentials });
  }
}
