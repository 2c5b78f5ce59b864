import { PolicyStatement, Role, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import { DefaultStackSynthesizer, Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { apiRoutes } from '../service/api-routes';
import { withText } from './intrinsics';

/** Roles of the bootstrap, as it tags them. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
export type BootstrapRole = 'deploy' | 'file-publishing' | 'image-publishing' | 'lookup';

/** What `cdk deploy` assumes. CloudFormation's own role is none of them: the deploy role passes it on. */
export const deployingRoles: readonly BootstrapRole[] = ['deploy', 'file-publishing', 'image-publishing', 'lookup'];
/** What `cdk diff --method template` assumes. */
export const readingRoles: readonly BootstrapRole[] = ['lookup'];

/** Who may assume the role, and what it may assume in turn. */
export interface DeployRoleProps {
  readonly assumedBy: IPrincipal;
  readonly description: string;
  readonly mayAssume: readonly BootstrapRole[];
}

/** A role for jobs of CI that can do nothing itself: it may assume roles of this account's CDK bootstrap. */
export class DeployRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { assumedBy, description, mayAssume }: DeployRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', { assumedBy, description, maxSessionDuration: Duration.hours(1) });
    const qualifier = Stack.of(this).synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
    const resources = [Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: `cdk-${qualifier}-*` })];
    const conditions = { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': [...mayAssume] } };
    this.role.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources, conditions }));
    this.acknowledgeWildcards(resources, 'The names of the bootstrap\'s roles end with account and region; their tag says which of them are meant.');
  }

  /**
   * Lets the role call the routes that only read, to see that the API answers after a deploy. The role must be there before
   * the API, whose id is not known by then: so it may call any API of this account and region, unless `apiId` says which.
   */
  maySmokeTest(apiId = '*'): void {
    const paths = apiRoutes.filter(({ method }) => method === 'GET').map(({ path }) => path.replaceAll(/\{\w+\}/g, '*'));
    const { partition, region, account } = Stack.of(this);
    const resources = paths.map((path) => `arn:${partition}:execute-api:${region}:${account}:${apiId}/$default/GET${path}`);
    this.role.addToPolicy(new PolicyStatement({ actions: ['execute-api:Invoke'], resources }));
    this.acknowledgeWildcards(resources.filter((resource) => resource.includes('*')), 'The id of the API is not known before its deploy, nor are the ids of notes; the routes are those that read.');
  }

  /** Tells cdk-nag why there are wildcards. It names a finding by the resource, with its tokens in angle brackets. */
  private acknowledgeWildcards(resources: readonly string[], reason: string): void {
    for (const resource of resources) {
      const arn = String(withText(Stack.of(this).resolve(resource), new Map())).replaceAll(/\$\{([^}]+)\}/g, '<$1>');
      Validations.of(this.role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${arn}]`, reason });
    }
  }
}
