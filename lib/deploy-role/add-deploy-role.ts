import type { App, Stack, StackProps } from 'aws-cdk-lib/core';
import { contextOf } from './context';
import { GitHubDeployRole } from './github-deploy-role';
import { GitLabDeployRole } from './gitlab-deploy-role';

/**
 * Adds the stack of a role for CI where the context asks for one: `-c repository=…` for GitHub, `-c project=…` for GitLab.
 * Without, the app is what it is.
 *
 * @throws UsageError
 */
export function addDeployRole(app: App, props: StackProps): Stack | null {
  const { text } = contextOf(app.node, '');
  if (text('repository') !== undefined) return new GitHubDeployRole(app, props);
  return text('project') === undefined ? null : new GitLabDeployRole(app, props);
}
