import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureCode } from '../../scripts/failures/exit-codes';
import { githubClaims } from '../oidc/claims';
import type { CiWorld } from './ci-world';
import { rightClaims } from './ci-world';

type Variables = Readonly<Record<string, string | undefined>>;

/** A job that is refused: what, its variables, the code, and words of the message that no other has. */
export type RefusedJob = readonly [what: string, variables: (world: CiWorld) => Variables, code: FailureCode, words: RegExp, argv: readonly string[]];

const job = (what: string, variables: (world: CiWorld) => Variables, code: FailureCode, words: RegExp, ...argv: string[]): RefusedJob => [what, variables, code, words, argv];

const tokenVariables = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined };

function fileOf(world: CiWorld, text: string): string {
  const file = join(mkdtempSync(join(world.project.home, 'token-')), 'file');
  writeFileSync(file, text);
  return file;
}

/** A job of another system: it has no variable of GitHub's. */
const elsewhere = (world: CiWorld, variables: Variables): Variables => ({ ...world.job(), ...tokenVariables, GITHUB_ACTIONS: undefined, ...variables });

/** A job whose token is in a file. */
const withToken = (token: (world: CiWorld) => string) => (world: CiWorld): Variables => elsewhere(world, { AWS_WEB_IDENTITY_TOKEN_FILE: fileOf(world, token(world)) });

const aud = { aud: 'sts.amazonaws.com' };
const now = (): number => Math.floor(Date.now() / 1000);

/** Jobs that have no token. */
export const withoutToken: readonly RefusedJob[] = [
  job('no id-token: write', (world) => ({ ...world.job(), ...tokenVariables }), 'OIDC_TOKEN_UNAVAILABLE', /ACTIONS_ID_TOKEN_REQUEST_URL is not set/),
  job('a pull request from a fork', (world) => ({ ...world.job(), ...tokenVariables, GITHUB_REPOSITORY: 'octo/notes', GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: fileOf(world, '{"pull_request":{"head":{"repo":{"full_name":"fork/notes"}}}}') }), 'OIDC_TOKEN_UNAVAILABLE', /pull requests from forks/),
  job('a bearer that is not the job\'s', (world) => ({ ...world.job(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'that-of-another-job-0123456789' }), 'OIDC_TOKEN_UNAVAILABLE', /refused this job a token \(HTTP 401\)/),
  job('a token service that is none', (world) => ({ ...world.job(), ACTIONS_ID_TOKEN_REQUEST_URL: 'http://token.example/' }), 'OIDC_TOKEN_UNAVAILABLE', /is no https:\/\/ URL/),
  job('no role', (world) => ({ ...world.job(), AWS_ROLE_ARN: undefined }), 'NO_CREDENTIALS', /this is a job of GitHub Actions \(OIDC\), but AWS_ROLE_ARN names no role/),
  job('no region', (world) => ({ ...world.job(), AWS_REGION: undefined }), 'NO_REGION', /region/),
  job('a token file that is not there', (world) => elsewhere(world, { AWS_WEB_IDENTITY_TOKEN_FILE: '/no/token' }), 'OIDC_TOKEN_UNAVAILABLE', /\/no\/token.* is not there/),
  job('a token file that is empty', withToken(() => '\n'), 'OIDC_TOKEN_UNAVAILABLE', / is empty/),
  job('a job of GitLab without id_tokens', (world) => elsewhere(world, { GITLAB_CI: 'true' }), 'OIDC_TOKEN_UNAVAILABLE', /GITLAB_OIDC_TOKEN is not set/),
  job('a job of CircleCI without a context', (world) => elsewhere(world, { CIRCLECI: 'true' }), 'OIDC_TOKEN_UNAVAILABLE', /CIRCLE_OIDC_TOKEN_V2 is not set/),
  job('a step of Bitbucket without oidc', (world) => elsewhere(world, { BITBUCKET_BUILD_NUMBER: '7' }), 'OIDC_TOKEN_UNAVAILABLE', /BITBUCKET_STEP_OIDC_TOKEN is not set/),
  job('a job of Buildkite without its agent', (world) => elsewhere(world, { BUILDKITE: 'true' }), 'OIDC_TOKEN_UNAVAILABLE', /no buildkite-agent in the PATH/),
];

/** Jobs whose token is not the one that the role of the stack trusts: the claim that differs is marked. */
export const wrongTokens: readonly RefusedJob[] = [
  job('another repository', (world) => world.job(githubClaims({ repository: 'octo/other', repositoryId: '1' })), 'OIDC_TRUST_REFUSED', /≠ sub +repo:octo\/other:environment:production\n +trusted +repo:octo\/notes:environment:production, or repo:octo@1234\/notes@567890:environment:production/),
  job('another owner who took the name over', (world) => world.job(githubClaims({ immutableSub: true, ownerId: '9', repositoryId: '99' })), 'OIDC_TRUST_REFUSED', /≠ sub +repo:octo@9\/notes@99:environment:production\n/),
  job('a repository that was made anew', (world) => world.job(githubClaims({ repositoryId: '568' })), 'OIDC_TRUST_REFUSED', /≠ repository_id +568\n +trusted +567890/),
  job('another environment', (world) => world.job(githubClaims({ environment: 'staging' })), 'OIDC_TRUST_REFUSED', /≠ sub +repo:octo\/notes:environment:staging\n/),
  job('no environment', (world) => world.job(githubClaims({ environment: null })), 'OIDC_TRUST_REFUSED', /≠ sub +repo:octo\/notes:ref:refs\/heads\/main\n/),
  job('another branch', (world) => world.job(githubClaims({ ref: 'refs/heads/fix' })), 'OIDC_TRUST_REFUSED', /≠ ref +refs\/heads\/fix\n +trusted +refs\/heads\/main/),
  job('a tag', (world) => world.job(githubClaims({ ref: 'refs/tags/main' })), 'OIDC_TRUST_REFUSED', /≠ ref +refs\/tags\/main\n/),
  job('a pull request', (world) => world.job(githubClaims({ environment: null, event: 'pull_request', ref: 'refs/pull/1/merge' })), 'OIDC_TRUST_REFUSED', /sub +repo:octo\/notes:pull_request\n/),
  job('a sub in capitals', (world) => world.job({ ...rightClaims, sub: 'repo:Octo/Notes:environment:production' }), 'OIDC_TRUST_REFUSED', /≠ sub +repo:Octo\/Notes:/),
  job('the audience of another service', (world) => world.job(rightClaims, { aud: 'https://github.com/octo' }), 'OIDC_TRUST_REFUSED', /is for the audience https:\/\/github\.com\/octo/),
  job('another issuer', (world) => world.job(rightClaims, { iss: 'https://issuer.example' }), 'OIDC_TRUST_REFUSED', /no identity provider for https:\/\/issuer\.example/),
  job('a token that has expired', (world) => world.job(rightClaims, { iat: now() - 900, exp: now() - 600 }), 'EXPIRED_CREDENTIALS', /has expired/),
  job('a signature by a stranger', withToken(({ issuer }) => issuer.token(rightClaims, aud, { stranger: true })), 'OIDC_TRUST_REFUSED', /its signature is wrong/),
  job('what is no token', withToken(() => 'not-a-token-at-all-0123456789'), 'OIDC_TRUST_REFUSED', /.+/),
  job('another account', (world) => ({ ...world.job(), AWS_ROLE_ARN: world.roleArn.replace('000000000000', '111111111111') }), 'OIDC_TRUST_REFUSED', /arn:aws:iam::111111111111:role/),
  job('a role that is not there', (world) => ({ ...world.job(), AWS_ROLE_ARN: 'arn:aws:iam::000000000000:role/no-such-role' }), 'OIDC_TRUST_REFUSED', /no-such-role/),
  job('a role of China', (world) => ({ ...world.job(), AWS_ROLE_ARN: world.roleArn.replace('arn:aws:', 'arn:aws-cn:') }), 'OIDC_TRUST_REFUSED', /another partition/),
  job('the right token in the wrong account', (world) => world.job(), 'WRONG_ACCOUNT', /123456789012/, '--account', '123456789012'),
];

/** Statements that do not let the right job in, each a mistake that people make. `name` is the issuer's, as condition keys have it. */
export const wrongStatements: Readonly<Record<string, (name: string) => object>> = {
  'like-compared-by-equality': (name) => ({ Condition: { StringEquals: { [`${name}:aud`]: aud.aud, [`${name}:sub`]: 'repo:octo/*' } } }),
  'old-sub-only': (name) => ({ Condition: { StringEquals: { [`${name}:aud`]: aud.aud, [`${name}:sub`]: 'repo:octo/notes:environment:production' } } }),
  'sub-of-the-branch': (name) => ({ Condition: { StringEquals: { [`${name}:aud`]: aud.aud, [`${name}:sub`]: 'repo:octo@1234/notes@567890:ref:refs/heads/main' } } }),
  'audience-of-the-owner': (name) => ({ Condition: { StringEquals: { [`${name}:aud`]: 'https://github.com/octo' } } }),
  'keys-of-gitlab-com': () => ({ Condition: { StringEquals: { 'gitlab.com:sub': rightClaims['sub'] } } }),
  'ref-without-its-prefix': (name) => ({ Condition: { StringEquals: { [`${name}:aud`]: aud.aud, [`${name}:ref`]: 'main' } } }),
  'like-that-ends-too-soon': (name) => ({ Condition: { StringLike: { [`${name}:sub`]: 'repo:octo@1234/notes@567890:environment:prod' } } }),
  'any-of-none': (name) => ({ Condition: { 'ForAnyValue:StringEquals': { [`${name}:sub`]: ['repo:octo/notes:environment:staging'] } } }),
  'wrong-action': (name) => ({ Action: 'sts:AssumeRole', Condition: { StringEquals: { [`${name}:sub`]: rightClaims['sub'] } } }),
  'a-deny': () => ({ Effect: 'Deny' }),
};
