/**
 * The claims of a token that STS reads beyond `aud`, `sub` and `amr`, by issuer. It knows no other of theirs, however
 * the token is signed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const claimsOfIssuers: readonly (readonly [issuer: RegExp, claims: readonly string[]])[] = [
  [
    /^token\.actions\.(githubusercontent\.com(\/.+)?|[a-z0-9-]+\.ghe\.com)$/,
    ['actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id', 'repository_owner_id', 'workflow'],
  ],
  [
    /^gitlab\.com$/,
    ['namespace_id', 'pipeline_source', 'project_id', 'ref_protected', 'runner_environment', 'user_access_level', 'user_email', 'user_id', 'user_login'],
  ],
  [/^oidc\.circleci\.com\/org\/.+$/, ['oidc.circleci.com/project-id']],
  [/^agent\.buildkite\.com$/, ['build_branch', 'cluster_id', 'cluster_name', 'organization_id', 'organization_slug', 'pipeline_id', 'pipeline_slug']],
];

const claimsOfAll = ['aud', 'sub', 'amr'];

/**
 * The claims that are condition keys, as `ISSUER:claim`.
 *
 * @param issuer its URL without `https://`. One of this machine stands for any system, and may have the claims of each
 */
export function claimsOf(issuer: string): string[] {
  const isLocal = issuer.startsWith('127.0.0.1:');
  return [...claimsOfAll, ...claimsOfIssuers.flatMap(([pattern, claims]) => (isLocal || pattern.test(issuer) ? claims : []))];
}

/** Whether `key` is `ISSUER:claim` with a claim that STS reads. */
export function isClaimKey(key: string): boolean {
  const end = key.lastIndexOf(':');
  const issuer = key.slice(0, end);
  return issuer.includes('.') && claimsOf(issuer).includes(key.slice(end + 1));
}
