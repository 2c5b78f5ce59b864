import type { Environment } from '../process/environment';
import { buildkite } from './buildkite';
import { awsAudience, type CiSystem } from './ci-system';
import { github } from './github';
import { indented } from './indented';
import { tokenInVariable } from './token-variable';

const gitlabLines = `id_tokens:\n  GITLAB_OIDC_TOKEN:\n    aud: ${awsAudience}`;
const bitbucketLines = 'oidc: true';

/** Every system that is known. Another one gives its token in a file (AWS_WEB_IDENTITY_TOKEN_FILE) or a variable (`ci.tokenVariable`). */
const ciSystems: readonly CiSystem[] = [
  github,
  {
    name: 'gitlab',
    title: 'GitLab CI/CD',
    docs: 'https://docs.gitlab.com/ci/cloud_services/aws/',
    isHere: (environment) => environment['GITLAB_CI'] === 'true',
    getToken: async ({ environment }) => tokenInVariable(environment, 'GITLAB_OIDC_TOKEN', 'GitLab CI/CD', `Add to the job in .gitlab-ci.yml:\n${indented(gitlabLines)}`),
    lines: gitlabLines,
    run: 'CI_PIPELINE_ID',
    commit: 'CI_COMMIT_SHA',
  },
  {
    name: 'circleci',
    title: 'CircleCI',
    docs: 'https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/',
    isHere: (environment) => environment['CIRCLECI'] === 'true',
    getToken: async ({ environment }) => tokenInVariable(environment, 'CIRCLE_OIDC_TOKEN_V2', 'CircleCI', 'CircleCI gives it to jobs that use a context, and to none of a pull request from a fork. In the workflow of .circleci/config.yml:\n  - deploy:\n      context: aws'),
    lines: 'context: aws',
    run: 'CIRCLE_WORKFLOW_ID',
    commit: 'CIRCLE_SHA1',
  },
  {
    name: 'bitbucket',
    title: 'Bitbucket Pipelines',
    docs: 'https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/',
    isHere: (environment) => Boolean(environment['BITBUCKET_BUILD_NUMBER']),
    getToken: async ({ environment }) => tokenInVariable(environment, 'BITBUCKET_STEP_OIDC_TOKEN', 'Bitbucket Pipelines', `Add to the step in bitbucket-pipelines.yml:\n  ${bitbucketLines}`),
    lines: bitbucketLines,
    run: 'BITBUCKET_BUILD_NUMBER',
    commit: 'BITBUCKET_COMMIT',
  },
  buildkite,
];

/** The system of whose jobs `environment` is; `null` for a desk and for systems that are not known. */
export function ciSystemOf(environment: Environment): CiSystem | null {
  return ciSystems.find(({ isHere }) => isHere(environment)) ?? null;
}
