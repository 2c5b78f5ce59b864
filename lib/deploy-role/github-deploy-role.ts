import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { addRole } from './add-role';
import { allowSmokeTest, contextOf, importsProvider, type Context } from './context';
import { deployingRoles, readingRoles } from './deploy-role';
import { gitHubPullRequestTrust, gitHubTrust } from './github-trust';
import { identityProviderArn } from './identity-provider';
import { stackNameFor } from './stack-name';
import { checkTrust } from './trust-check';

const id = 'GitHubDeployRole';
const example = `npm run deploy -- ${id} -c repository=owner/name -c environment=production`;

/** Which jobs deploy, in words: the environment is what a reader looks for. */
function jobsOf(context: Context): string[] {
  const [environment, branch] = [context.text('environment'), context.text('branch')];
  if (environment === undefined) return ['branch', branch ?? ''];
  return branch === undefined ? [environment] : [environment, 'from', branch];
}

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
function jobLines(roleArn: string, region: string, environment?: string): string[] {
  return [
    ...(environment === undefined ? [] : [`environment: ${JSON.stringify(environment)}`]),
    'permissions:', '  id-token: write', '  contents: read',
    'env:', `  AWS_ROLE_ARN: ${roleArn}`, `  AWS_REGION: ${region}`,
  ];
}

/**
 * The role as which jobs of one environment or branch of a GitHub repository deploy, with no stored key. It exists
 * where `-c repository=OWNER/NAME` says so.
 */
export class GitHubDeployRole extends Stack {
  /** @throws UsageError */
  constructor(scope: Construct, props: StackProps) {
    const context = contextOf(scope.node, example);
    context.refuse(['project', 'projectId', 'gitlabUrl', 'audience'], 'is for GitLab, and -c repository for GitHub: one role at a time.');
    const trust = gitHubTrust(context);
    const repository = context.text('repository') ?? '';
    const jobs = jobsOf(context);
    const description = `GitHub jobs of ${repository} (${jobs.join(' ')}) deploy`;
    super(scope, id, { ...props, stackName: stackNameFor(id, [...repository.split('/'), ...jobs]), description });
    const providerArn = identityProviderArn(this, trust, importsProvider(context));
    const deployRole = addRole(this, { id: 'Deploy', trust, providerArn, description, mayAssume: deployingRoles, jobLines: (arn) => jobLines(arn, this.region, context.text('environment')) });
    allowSmokeTest(context, deployRole);
    // For `npm run diff` on pull requests.
    if (context.flag('pullRequests')) {
      addRole(this, {
        id: 'PullRequest', outputs: 'PullRequest', trust: gitHubPullRequestTrust(context), providerArn, mayAssume: readingRoles,
        description: `GitHub pull requests of ${repository} read`,
        jobLines: (arn) => jobLines(arn, this.region),
      });
    }
    checkTrust(this, trust);
  }
}
