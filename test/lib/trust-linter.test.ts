import { lintTrustPolicy, type Expected } from '../../lib/deploy-role/trust-linter';

const host = 'token.actions.githubusercontent.com';
const github: Expected = { system: 'github', issuer: `https://${host}`, partition: 'aws' };
const gitlab: Expected = { system: 'gitlab', issuer: 'https://gitlab.com', partition: 'aws' };

const sub = `${host}:sub`;
const aud = { [`${host}:aud`]: 'sts.amazonaws.com' };
const repository = { [`${host}:repository_id`]: '56' };
const byName = 'repo:octo/notes:environment:production';
const byIds = 'repo:octo@12/notes@56:environment:production';

function policy(conditions: object, change: object = {}): object {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}` }, Condition: conditions };
  return { Version: '2012-10-17', Statement: [{ ...statement, ...change }] };
}

/** Of a policy that compares `aud` as it should, and `sub` by StringEquals. */
function trusting(...subjects: readonly string[]): object {
  return policy({ StringEquals: { ...aud, [sub]: subjects } });
}

function like(subject: string): object {
  return policy({ StringEquals: aud, StringLike: { [sub]: subject } });
}

const good = { StringEquals: { ...aud, [sub]: byName } };

describe('GitHub: lets pass', () => {
  test.each<[string, object]>([
    ['an environment', trusting(byName)],
    ['one value that is no list', policy(good)],
    ['a branch', trusting('repo:octo/notes:ref:refs/heads/main')],
    ['a tag', trusting('repo:octo/notes:ref:refs/tags/v1')],
    ['pull requests', trusting('repo:octo/notes:pull_request')],
    ['ids alone', trusting(byIds)],
    ['both forms with repository_id', policy({ StringEquals: { ...aud, ...repository, [sub]: [byName, byIds] } })],
    ['ref besides', policy({ StringEquals: { ...aud, [sub]: byName, [`${host}:ref`]: 'refs/heads/main' } })],
    ['a * for the rest of a branch, written by a person', like('repo:octo/notes:ref:refs/heads/release/*')],
    ['a provider in an account that the template leaves open', policy(good, { Principal: { Federated: `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${host}` } })],
    ['a statement that denies besides', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }, (policy(good) as { readonly Statement: readonly object[] }).Statement[0]] }],
  ])('%s', (_what, trust) => {
    expect(lintTrustPolicy(trust, github)).toEqual([]);
  });
});

describe('GitHub: rejects', () => {
  test.each<[string, object, RegExp]>([
    ['no aud', policy({ StringEquals: { [sub]: byName } }), /aud must be compared/],
    ['two audiences', policy({ StringEquals: { [`${host}:aud`]: ['sts.amazonaws.com', 'other'], [sub]: byName } }), /aud must be one value/],
    ['aud by StringLike', policy({ StringEquals: { [sub]: byName }, StringLike: { [`${host}:aud`]: 'sts.*' } }), /StringLike may only compare/],
    ['an empty aud', policy({ StringEquals: { [`${host}:aud`]: '', [sub]: byName } }), /aud must be one value/],
    ['no sub', policy({ StringEquals: aud }), /every repository of the issuer/],
    ['no condition at all', policy({}), /every repository of the issuer/],
    ['StringLike on an owner', like('repo:octo*/notes:environment:production'), /does not say whose jobs/],
    ['every repository of an owner', like('repo:octo/*:environment:production'), /does not say whose jobs/],
    ['every owner', like('repo:*/notes:environment:production'), /does not say whose jobs/],
    ['a ? in an owner', like('repo:oct?/notes:environment:production'), /does not say whose jobs/],
    ['a * at the end of an owner', like('repo:octo/*'), /does not say whose jobs/],
    ['everything', like('*'), /does not say whose jobs/],
    ['a trailing * for all jobs of a repository', like('repo:octo/notes:*'), /does not say whose jobs/],
    ['every environment', like('repo:octo/notes:environment:*'), /lets in more than it says/],
    ['environments that begin so', like('repo:octo/notes:environment:prod*'), /lets in more than it says/],
    ['every branch', like('repo:octo/notes:ref:refs/heads/*'), /lets in more than it says/],
    ['branches that begin so', like('repo:octo/notes:ref:refs/heads/main*'), /lets in more than it says/],
    ['a * in the middle of a branch', like('repo:octo/notes:ref:refs/heads/*/main'), /lets in more than it says/],
    ['every tag', like('repo:octo/notes:ref:refs/tags/*'), /lets in more than it says/],
    ['a * that StringEquals takes for a letter', trusting('repo:octo/notes:environment:*'), /for a letter/],
    ['no job', trusting('repo:octo/notes'), /does not say whose jobs/],
    ['jobs that the issuer does not name so', trusting('repo:octo/notes:pull_request_target'), /does not say whose jobs/],
    ['one wrong sub beside a right one', trusting(byName, 'repo:octo/notes'), /does not say whose jobs/],
    ['ForAllValues', policy({ 'ForAllValues:StringEquals': { ...aud, [sub]: byName } }), /ForAllValues a token without/],
    ['ForAnyValue', policy({ StringEquals: aud, 'ForAnyValue:StringEquals': { [sub]: byName } }), /ForAnyValue:StringEquals is for keys with several values/],
    ['StringEqualsIfExists', policy({ StringEqualsIfExists: { ...aud, [sub]: byName } }), /StringEqualsIfExists is not used here/],
    ['StringEqualsIgnoreCase', policy({ StringEquals: aud, StringEqualsIgnoreCase: { [sub]: byName } }), /is not used here/],
    ['StringNotEquals', policy({ StringEquals: { ...aud, [sub]: byName }, StringNotEquals: { [sub]: 'x' } }), /StringNotEquals is not used here/],
    ['claims of another issuer', policy({ StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com', 'gitlab.com:sub': byName } }), /gitlab\.com:sub is no claim of/],
    ['the provider of another issuer', policy(good, { Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com.evil.example' } }), /provider is not that of/],
    ['a provider that only ends so', policy(good, { Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/evil.example/${host}` } }), /provider is not that of/],
    ['a provider in another partition', policy(good, { Principal: { Federated: `arn:aws-cn:iam::123456789012:oidc-provider/${host}` } }), /in the partition aws-cn, and the role in aws/],
    ['everybody', policy(good, { Principal: '*' }), /must be one identity provider/],
    ['an account besides', policy(good, { Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${host}`, AWS: '123456789012' } }), /must be one identity provider/],
    ['a SAML provider', policy(good, { Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/x' } }), /provider is not that of/],
    ['another action', policy(good, { Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'] }), /only action must be/],
    ['every action', policy(good, { Action: '*' }), /only action must be/],
    ['only the old sub where the ids are known', policy({ StringEquals: { ...aud, ...repository, [sub]: byName } }), /no sub carries it/],
    ['the old sub beside the new one, without repository_id', trusting(byName, byIds), /repository_id must be compared/],
    ['another repository_id than in sub', policy({ StringEquals: { ...aud, [`${host}:repository_id`]: '57', [sub]: [byName, byIds] } }), /another than the one in sub/],
    ['a second statement that is wide', { Statement: [...(policy(good) as { readonly Statement: readonly object[] }).Statement, ...(policy({ StringEquals: aud }) as { readonly Statement: readonly object[] }).Statement] }, /every repository of the issuer/],
    ['nobody', { Statement: [] }, /lets nobody in/],
    ['what is no policy', {}, /lets nobody in/],
  ])('%s', (_what, trust, finding) => {
    expect(lintTrustPolicy(trust, github).join('\n')).toMatch(finding);
  });
});

function ofGitLab(conditions: object): object {
  return policy(conditions, { Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' } });
}

describe('GitLab', () => {
  const toAws = { 'gitlab.com:aud': 'sts.amazonaws.com' };

  test.each<[string, object]>([
    ['a branch', { StringEquals: { ...toAws, 'gitlab.com:sub': 'project_path:a/b/c:ref_type:branch:ref:main' } }],
    ['with the number of the project', { StringEquals: { ...toAws, 'gitlab.com:project_id': '7', 'gitlab.com:sub': 'project_path:a/b:ref_type:branch:ref:main' } }],
    ['a * for the rest of a branch', { StringEquals: toAws, StringLike: { 'gitlab.com:sub': 'project_path:a/b:ref_type:branch:ref:release/*' } }],
  ])('lets pass %s', (_what, conditions) => {
    expect(lintTrustPolicy(ofGitLab(conditions), gitlab)).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ['every project of a group', { StringEquals: toAws, StringLike: { 'gitlab.com:sub': 'project_path:a/*:ref_type:branch:ref:main' } }, /does not say whose jobs/],
    ['every branch', { StringEquals: toAws, StringLike: { 'gitlab.com:sub': 'project_path:a/b:ref_type:branch:ref:*' } }, /lets in more than it says/],
    ['a sub as GitHub writes it', { StringEquals: { ...toAws, 'gitlab.com:sub': byName } }, /does not say whose jobs/],
    ['no aud', { StringEquals: { 'gitlab.com:sub': 'project_path:a/b:ref_type:branch:ref:main' } }, /aud must be compared/],
  ])('rejects %s', (_what, conditions, finding) => {
    expect(lintTrustPolicy(ofGitLab(conditions), gitlab).join('\n')).toMatch(finding);
  });
});
