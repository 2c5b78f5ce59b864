/** What a token says, by the claim's name. */
export type Claims = Readonly<Record<string, unknown>>;

/** What of a GitHub workflow run differs between tests. */
export interface GitHubRun {
  readonly repository?: string;
  readonly ownerId?: string;
  readonly repositoryId?: string;
  /** Of the job; null for a job without one. */
  readonly environment?: string | null;
  readonly ref?: string;
  readonly event?: string;
  /** Whether `sub` carries the ids, as that of repositories made since July 2026 does. */
  readonly immutableSub?: boolean;
}

/**
 * The claims that GitHub documents, for a job of octo/notes on main in the environment production unless told otherwise.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
export function githubClaims({ repository = 'octo/notes', ownerId = '1234', repositoryId = '567890', environment = 'production', ref = 'refs/heads/main', event = 'push', immutableSub = false }: GitHubRun = {}): Claims {
  const [owner = '', name = ''] = repository.split('/');
  const subject = immutableSub ? `repo:${owner}@${ownerId}/${name}@${repositoryId}` : `repo:${repository}`;
  const filter = environment !== null ? `environment:${environment}` : event === 'pull_request' ? 'pull_request' : `ref:${ref}`;
  const workflow = `${repository}/.github/workflows/deploy.yml@${ref}`;
  const sha = '0123456789abcdef0123456789abcdef01234567';
  return {
    sub: `${subject}:${filter}`,
    aud: `https://github.com/${owner}`,
    ...(environment === null ? {} : { environment }),
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'true',
    sha,
    repository,
    repository_id: repositoryId,
    repository_owner: owner,
    repository_owner_id: ownerId,
    repository_visibility: 'private',
    actor: 'mona',
    actor_id: '12',
    run_id: '9876543210',
    run_number: '10',
    run_attempt: '1',
    workflow: 'deploy',
    workflow_ref: workflow,
    workflow_sha: sha,
    job_workflow_ref: workflow,
    job_workflow_sha: sha,
    runner_environment: 'github-hosted',
    event_name: event,
    head_ref: event === 'pull_request' ? 'fix' : '',
    base_ref: event === 'pull_request' ? 'main' : '',
  };
}

/** What of a GitLab job differs between tests. */
export interface GitLabJob {
  readonly project?: string;
  readonly projectId?: string;
  readonly ref?: string;
  readonly environment?: string | null;
  readonly audience?: string;
}

/**
 * The claims that GitLab documents for `id_tokens`, for a job of octo/notes on main.
 *
 * @see https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
 */
export function gitlabClaims({ project = 'octo/notes', projectId = '20', ref = 'main', environment = 'production', audience = 'sts.amazonaws.com' }: GitLabJob = {}): Claims {
  const namespace = project.slice(0, project.lastIndexOf('/'));
  const config = `gitlab.com/${project}//.gitlab-ci.yml@refs/heads/${ref}`;
  const sha = '0123456789abcdef0123456789abcdef01234567';
  return {
    sub: `project_path:${project}:ref_type:branch:ref:${ref}`,
    aud: audience,
    project_id: projectId,
    project_path: project,
    namespace_id: '72',
    namespace_path: namespace,
    user_id: '1',
    user_login: 'mona',
    user_email: 'mona@example.com',
    user_access_level: 'owner',
    user_identities: [],
    pipeline_id: '574',
    pipeline_source: 'push',
    job_id: '302',
    ref,
    ref_type: 'branch',
    ref_path: `refs/heads/${ref}`,
    ref_protected: 'true',
    ...(environment === null ? {} : { environment, environment_protected: 'true', deployment_tier: 'production', environment_action: 'start' }),
    runner_id: 1,
    runner_environment: 'gitlab-hosted',
    sha,
    project_visibility: 'private',
    ci_config_ref_uri: config,
    ci_config_sha: sha,
  };
}
