import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromWebIdentity } from '../../../scripts/credentials/from-web-identity';
import type { Found, Surroundings } from '../../../scripts/credentials/source';
import { githubClaims, gitlabClaims, type Claims } from '../../oidc/claims';
import { startIssuer, type Issuer } from '../../oidc/issuer';
import { refusal, session, startFakeSts, type Answer, type FakeSts } from '../../identity/fake-sts';
import { failureOf, makePlace, type Place } from '../place';

const roleArn = 'arn:aws:iam::123456789012:role/deployer';
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-session-here', sessionToken: 'the-token-of-the-session' };
const denied = refusal('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
const invalid = (message: string): Answer => refusal('InvalidIdentityToken', message, 400);

let place: Place;
let issuer: Issuer;
let sts: FakeSts | null = null;
beforeEach(async () => {
  place = makePlace();
  issuer = await startIssuer();
});
afterEach(async () => {
  place.remove();
  await issuer[Symbol.asyncDispose]();
  await sts?.close();
  sts = null;
});

type More = Partial<Pick<Surroundings, 'ci' | 'mask'>> & { readonly environment?: Readonly<Record<string, string>> };

/** What the source finds in a job of GitHub. */
async function inGitHub(answer: Answer, claims: Claims = githubClaims(), { environment = {}, ...more }: More = {}): Promise<Found> {
  sts = await startFakeSts(answer);
  const job = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '42', GITHUB_SHA: 'abcdef0123456789', ...issuer.githubJob(claims) };
  const outcome = await fromWebIdentity().find({ ...place.surroundings({ AWS_ENDPOINT_URL: sts.origin, AWS_ROLE_ARN: roleArn, ...job, ...environment }), ...more });
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  return outcome.found;
}

/** A template in cdk.out with a role that compares so. */
function trusting(conditions: Readonly<Record<string, string | readonly string[]>>, operator = 'StringEquals'): void {
  const condition = Object.fromEntries(Object.entries(conditions).map(([claim, value]) => [`${issuer.name}:${claim}`, value]));
  const statement = { Effect: 'Allow', Principal: { Federated: { Ref: 'Provider' } }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { [operator]: condition } };
  const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [statement] } } };
  const folder = join(place.project, 'cdk.out');
  mkdirSync(folder, { recursive: true });
  const outputs = { DeployRoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Job: { Value: { Ref: 'Role' } } };
  writeFileSync(join(folder, 'GitHubDeployRole.template.json'), JSON.stringify({ Resources: { Role: role }, Outputs: outputs }));
}

test('a job of GitHub assumes the role with a token of its own, masked before STS sees it; its session is named by run and commit', async () => {
  const masked: [string, number][] = [];
  const { provider, title } = await inGitHub(session(assumed, new Date(Date.now() + 3_600_000)), githubClaims(), { mask: (secret) => { masked.push([secret, sts?.requests.length ?? -1]); } });
  expect(await provider()).toMatchObject(assumed);
  expect(title).toBe('GitHub Actions (OIDC)');
  const [request] = sts?.requests ?? [];
  expect(request?.parameters.get('RoleSessionName')).toBe('cdk-takeoff-42-abcdef012345');
  expect(masked).toEqual([[request?.parameters.get('WebIdentityToken'), 0]]);
});

test('a session that ends is made new with a new token', async () => {
  const { provider } = await inGitHub(session(assumed, new Date(Date.now() + 60_000)));
  await provider();
  await provider();
  const tokens = sts?.requests.map(({ parameters }) => parameters.get('WebIdentityToken')) ?? [];
  expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
});

test('a refusal is final at once', async () => {
  const { provider } = await inGitHub(denied);
  expect(await failureOf(provider)).toMatchObject({ code: 'OIDC_TRUST_REFUSED' });
  expect(sts?.requests).toHaveLength(1);
});

test('the role of cdk.json is for CI, and for no desk', async () => {
  const ci = { roleArn, tokenVariable: null };
  const { provider } = await inGitHub(session(assumed, new Date(Date.now() + 3_600_000)), githubClaims(), { ci, environment: { AWS_ROLE_ARN: '' } });
  await provider();
  expect(sts?.requests[0]?.parameters.get('RoleArn')).toBe(roleArn);
  expect(await fromWebIdentity().find({ ...place.surroundings(), ci })).toMatchObject({ kind: 'absent' });
});

test('a system that is not known has its token in the variable that cdk.json names', async () => {
  sts = await startFakeSts(session(assumed, new Date(Date.now() + 3_600_000)));
  const token = issuer.token(gitlabClaims());
  const surroundings = (environment: Readonly<Record<string, string>>): Surroundings => ({ ...place.surroundings({ CI: 'true', AWS_ENDPOINT_URL: sts?.origin ?? '', AWS_ROLE_ARN: roleArn, ...environment }), ci: { roleArn: null, tokenVariable: 'MY_TOKEN' } });
  const outcome = await fromWebIdentity().find(surroundings({ MY_TOKEN: token }));
  if (outcome.kind === 'absent') throw new Error(outcome.why);
  await outcome.found.provider();
  expect(sts.requests[0]?.parameters.get('WebIdentityToken')).toBe(token);
  const without = await fromWebIdentity().find(surroundings({}));
  expect(await failureOf(() => (without.kind === 'found' ? without.found.provider() : null))).toMatchObject({ code: 'OIDC_TOKEN_UNAVAILABLE', message: expect.stringContaining('MY_TOKEN is not set') as string });
});

test('the claims stand beside what the role trusts, the one that differs marked, and the token nowhere', async () => {
  trusting({ aud: 'sts.amazonaws.com', sub: 'repo:octo/notes:environment:production' });
  const { provider } = await inGitHub(denied, githubClaims({ environment: null }));
  const { message, fix } = await failureOf(provider);
  expect(message.split('\n').slice(1)).toEqual([
    `    iss          ${issuer.name}`,
    '    aud          sts.amazonaws.com',
    '  ≠ sub          repo:octo/notes:ref:refs/heads/main',
    '    trusted      repo:octo/notes:environment:production',
    '    ref          refs/heads/main',
    '    environment  none',
  ]);
  expect(fix).toBe('Add to the job:\n  environment: production');
  expect(message + fix).not.toContain(sts?.requests[0]?.parameters.get('WebIdentityToken') ?? 'eyJ');
});

test.each<[string, Claims, Readonly<Record<string, string | readonly string[]>>, RegExp]>([
  ['ids in sub', githubClaims({ immutableSub: true }), { sub: 'repo:octo/notes:environment:production' }, /carries ids.*\n.*-c repository=octo\/notes -c environment=production -c ownerId=1234 -c repositoryId=567890 -c oidcProvider=import$/],
  ['ids in sub, and the environment', githubClaims({ immutableSub: true, environment: null }), { sub: 'repo:octo/notes:environment:production' }, /^Add to the job:\n {2}environment: production$/],
  ['another repository', githubClaims({ repository: 'octo/other' }), { sub: 'repo:octo/notes:environment:production' }, /for other jobs.*\n.*-c repository=octo\/other -c environment=production/],
  ['another branch', githubClaims({ environment: null, ref: 'refs/heads/fix' }), { sub: 'repo:octo/notes:ref:refs/heads/main' }, /Run the job for the branch main.*\n.*-c repository=octo\/notes -c branch=fix/],
  ['another environment', githubClaims({ environment: 'staging' }), { sub: 'repo:octo/notes:environment:production' }, /environment: production/],
  ['an environment from another branch', githubClaims({ ref: 'refs/heads/fix' }), { sub: 'repo:octo/notes:environment:production', ref: 'refs/heads/main' }, /Run the job for refs\/heads\/main/],
  ['a repository made anew', githubClaims(), { sub: 'repo:octo/notes:environment:production', repository_id: '1' }, /made anew or somebody else's/],
  ['ids in sub, which are not those that the role knows', githubClaims({ immutableSub: true, ownerId: '9', repositoryId: '99' }), { sub: ['repo:octo/notes:environment:production', 'repo:octo@1234/notes@567890:environment:production'] }, /Only if it is yours:\n/],
  ['a pull request', githubClaims({ environment: null, event: 'pull_request' }), { sub: 'repo:octo/other:environment:production' }, /-c pullRequests=true/],
  ['another audience', githubClaims(), { aud: 'other', sub: 'repo:octo/notes:environment:production' }, /add-client-id-to-open-id-connect-provider/],
  ['nothing: the role in AWS is another', githubClaims(), { aud: 'sts.amazonaws.com', sub: 'repo:octo/notes:environment:production' }, /agrees with the token, .* with that stack's output DeployRoleArn, /],
])('what helps where %s differs', async (_what, claims, conditions, advice) => {
  trusting(conditions);
  const { provider } = await inGitHub(denied, claims);
  expect((await failureOf(provider)).fix).toMatch(advice);
});

test('a * that the role compares by likeness stands for any text', async () => {
  trusting({ sub: 'repo:octo/notes:ref:refs/heads/release/*' }, 'StringLike');
  const { provider } = await inGitHub(denied, githubClaims({ environment: null, ref: 'refs/heads/release/1.0' }));
  expect((await failureOf(provider)).message).not.toContain('≠');
});

test('where the project knows no role, the command that makes one is there', async () => {
  const { provider } = await inGitHub(denied);
  expect((await failureOf(provider)).fix).toContain('npm run deploy -- GitHubDeployRole -c repository=octo/notes -c environment=production -c oidcProvider=import');
});

test('where the account has no provider, the command makes it too', async () => {
  const { provider } = await inGitHub(invalid(`No OpenIDConnect provider found in your account for ${issuer.url}`));
  const { message, fix } = await failureOf(provider);
  expect(message).toContain('has no identity provider');
  expect(fix).toMatch(/-c repository=octo\/notes -c environment=production$/);
});

test('a job of GitLab whose token is for another audience gets the lines', async () => {
  sts = await startFakeSts(invalid('Incorrect token audience'));
  const token = issuer.token(gitlabClaims({ audience: 'https://gitlab.com' }));
  const outcome = await fromWebIdentity().find(place.surroundings({ GITLAB_CI: 'true', GITLAB_OIDC_TOKEN: token, AWS_ENDPOINT_URL: sts.origin, AWS_ROLE_ARN: roleArn }));
  const { code, message, fix } = await failureOf(() => (outcome.kind === 'found' ? outcome.found.provider() : null));
  expect([code, message.includes('audience https://gitlab.com')]).toEqual(['OIDC_TRUST_REFUSED', true]);
  expect(fix).toBe('Add to the job in .gitlab-ci.yml:\n  id_tokens:\n    GITLAB_OIDC_TOKEN:\n      aud: sts.amazonaws.com');
});
