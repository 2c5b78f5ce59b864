import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { addRole } from './add-role';
import { allowSmokeTest, contextOf, importsProvider } from './context';
import { deployingRoles } from './deploy-role';
import { gitLabTrust } from './gitlab-trust';
import { identityProviderArn } from './identity-provider';
import { stackNameFor } from './stack-name';
import { checkTrust } from './trust-check';

const id = 'GitLabDeployRole';
const example = `npm run deploy -- ${id} -c project=group/name -c branch=main`;

/** https://docs.gitlab.com/ci/cloud_services/aws/ */
function jobLines(roleArn: string, region: string, audience: string): string[] {
  return [
    'id_tokens:', '  GITLAB_OIDC_TOKEN:', `    aud: ${audience}`,
    'variables:', `  AWS_ROLE_ARN: ${roleArn}`, `  AWS_REGION: ${region}`,
  ];
}

/**
 * The role as which jobs of one branch of a GitLab project deploy, with no stored key. It exists where
 * `-c project=GROUP/NAME` says so.
 */
export class GitLabDeployRole extends Stack {
  /** @throws UsageError */
  constructor(scope: Construct, props: StackProps) {
    const context = contextOf(scope.node, example);
    context.refuse(['repository', 'ownerId', 'repositoryId', 'issuer'], 'is for GitHub, and -c project for GitLab: one role at a time.');
    context.refuse(['environment'], 'cannot be told from the token: sub of GitLab names project and branch. Protect the branch, and the environment in GitLab.');
    context.refuse(['pullRequests'], 'is for GitHub: sub of GitLab names the branch of a merge request, which anybody can choose.');
    const trust = gitLabTrust(context);
    const project = context.text('project') ?? '';
    const branch = context.text('branch') ?? '';
    const description = `GitLab jobs of ${project} (branch ${branch}) deploy`;
    super(scope, id, { ...props, stackName: stackNameFor(id, [...project.split('/'), 'branch', branch]), description });
    const providerArn = identityProviderArn(this, trust, importsProvider(context));
    const deployRole = addRole(this, { id: 'Deploy', trust, providerArn, description, mayAssume: deployingRoles, jobLines: (arn) => jobLines(arn, this.region, trust.audience) });
    allowSmokeTest(context, deployRole);
    checkTrust(this, trust);
  }
}
