import { awsAudience } from '../../ci/ci-system';
import { indented } from '../../ci/indented';
import { shellWord } from '../../process/shell-word';
import { compareClaims, type ComparedClaim } from '../web-identity/claims-beside-trust';
import type { Told } from './refusal-row';
import type { TokenClaims } from '../web-identity/token-claims';

export type Tried = NonNullable<Told['webIdentity']>;

/** `OWNER@ID/NAME@ID`, as the tokens of newer repositories have it. */
const withIds = /^repo:([^:/@]+)@\d+\/([^:/@]+)@\d+:/;

function isGitHub(claims: TokenClaims): boolean {
  return claims.sub?.startsWith('repo:') ?? false;
}

function branchOf({ ref }: TokenClaims): string | null {
  return ref === null ? null : ref.replace(/^refs\/heads\//, '');
}

function context(name: string, value: string | null): string[] {
  return value === null ? [] : ['-c', shellWord(`${name}=${value}`)];
}

function jobsOf(claims: TokenClaims): string[] {
  if (claims.environment !== null) return context('environment', claims.environment);
  // A pull request has no branch of its own: its role comes with that of an environment, and may only read.
  return claims.sub?.endsWith(':pull_request') === true ? ['-c', 'environment=production', '-c', 'pullRequests=true'] : context('branch', branchOf(claims));
}

/**
 * The command that lets this very job in, where the project has the stack of such a role. `null` for a system that has none.
 *
 * @param provider whether the account has the identity provider
 */
export function roleCommand(claims: TokenClaims, provider: 'there' | 'not there'): string | null {
  const imported = provider === 'there' ? ['-c', 'oidcProvider=import'] : [];
  const own = (key: string, usual: string): string[] => (claims.iss?.startsWith('https://') === true && claims.iss !== usual ? context(key, claims.iss) : []);
  if (isGitHub(claims)) {
    const known = withIds.test(claims.sub ?? '') ? [...context('ownerId', claims.repository_owner_id), ...context('repositoryId', claims.repository_id)] : [];
    return ['npm run deploy -- GitHubDeployRole', ...context('repository', claims.repository), ...jobsOf(claims), ...known, ...own('issuer', 'https://token.actions.githubusercontent.com'), ...imported].join(' ');
  }
  if (claims.project_path === null) return null;
  return ['npm run deploy -- GitLabDeployRole', ...context('project', claims.project_path), ...context('branch', branchOf(claims)), ...own('gitlabUrl', 'https://gitlab.com'), ...imported].join(' ');
}

/**
 * Subjects that carry what is another in the next run, which an exact comparison would refuse: who started it, the commit, the step.
 * https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/,
 * https://buildkite.com/docs/agent/cli/reference/oidc,
 * https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
 */
const ofOneRun: readonly (readonly [RegExp, string])[] = [
  [/^(org\/[^/]+\/project\/[^/]+\/user\/)[^/]+/, '$1*'],
  [/^(organization:[^:]+:pipeline:[^:]+:ref:[^:]+:commit:).+$/, '$1*'],
  [/^(\{[\da-f-]{36}\}(?::\{[\da-f-]{36}\})?:)\{[\da-f-]{36}\}$/i, '$1*'],
];

/** `sub` as a role can compare it in each run of the same job. */
function lastingSubject(subject: string): string {
  const [run, lasting] = ofOneRun.find(([form]) => form.test(subject)) ?? [];
  return run === undefined || lasting === undefined ? subject : subject.replace(run, lasting);
}

/** The identity provider that the role's account needs for the token: its host, as conditions name it, and its ARN. */
function providerFor({ roleArn, claims }: Tried): { readonly host: string; readonly arn: string } {
  const [, partition = 'aws', account = 'ACCOUNT'] = /^arn:([^:]+):iam::(\d{12}):/.exec(roleArn) ?? [];
  const host = (claims?.iss ?? 'https://ISSUER').replace(/^https?:\/\//, '');
  return { host, arn: `arn:${partition}:iam::${account}:oidc-provider/${host}` };
}

/** The trust policy that would let this token in, and those of the same job's next runs. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
export function trustStatement(tried: Tried): string {
  const { claims } = tried;
  const { host, arn } = providerFor(tried);
  const subject = claims?.sub ?? 'SUB';
  const lasting = lastingSubject(subject);
  const [aud, sub] = [{ [`${host}:aud`]: claims?.aud ?? 'AUD' }, { [`${host}:sub`]: lasting }];
  return JSON.stringify({
    Effect: 'Allow',
    Principal: { Federated: arn },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: lasting === subject ? { StringEquals: { ...aud, ...sub } } : { StringEquals: aud, StringLike: sub },
  });
}

/** How a token gets the audience that AWS knows, in the words of its system. */
export function audienceLines(tried: Tried): string {
  const { system, claims } = tried;
  if (system?.name === 'gitlab') return `Add to the job in .gitlab-ci.yml:\n${indented(system.lines)}`;
  return `Let the identity provider know that audience, or give tokens the audience ${awsAudience}:\naws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${providerFor(tried).arn} --client-id ${shellWord(claims?.aud ?? awsAudience)}`;
}

const jobsOfSub = /:(?:environment:(?<environment>.+)|ref:(?:refs\/heads\/)?(?<branch>[^:]+))$/;

/** Who took over the name of a repository, or made it anew, is trusted by nobody's advice. */
function anotherRepository(command: string | null): string {
  return `It is another repository of the same name, made anew or somebody else's. Only if it is yours:\n${command ?? ''}`;
}

/** What to change where `sub` is another than the role trusts. */
function subjectAdvice(claims: TokenClaims, trusted: readonly string[]): string | null {
  const subject = claims.sub ?? '';
  const command = roleCommand(claims, 'there');
  const byName = subject.replace(withIds, 'repo:$1/$2:');
  if (byName !== subject && trusted.includes(byName) && trusted.some((one) => withIds.test(one))) return anotherRepository(command);
  if (byName !== subject && trusted.includes(byName)) return `The repository is one whose sub carries ids: let the role name both forms, with what else it was made with (-c smokeTest=true):\n${command ?? ''}`;
  const jobs = trusted.map((one) => ({ owner: one.replace(jobsOfSub, ''), ...jobsOfSub.exec(one)?.groups }));
  const same = jobs.find(({ owner }) => [subject, byName].some((one) => one.startsWith(`${owner}:`))) as { readonly environment?: string; readonly branch?: string } | undefined;
  if (same?.environment !== undefined) return `Add to the job:\n  environment: ${same.environment.replaceAll('%3A', ':')}`;
  if (same?.branch !== undefined) return `Run the job for the branch ${same.branch}, or give the jobs of this one a role of their own:\n${command ?? ''}`;
  return command === null ? null : `The role is for other jobs. Give these a role of their own:\n${command}`;
}

/** What to do about the first claim that differs, the most telling one first. */
function adviceFor(tried: Tried, claims: TokenClaims, differing: readonly ComparedClaim[]): string | null {
  const by = (name: string): ComparedClaim | undefined => differing.find((claim) => claim.name === name);
  if (by('iss') !== undefined) return 'The token is of another issuer than the role trusts: AWS_ROLE_ARN names a role for another system.';
  if (by('aud') !== undefined) return audienceLines(tried);
  const subject = by('sub');
  if (subject !== undefined) return subjectAdvice(claims, subject.trusted?.map(({ text }) => text) ?? []);
  const ref = by('ref');
  if (ref !== undefined) return `Run the job for ${ref.trusted?.map(({ text }) => text).join(' or ') ?? 'that ref'}.`;
  return by('repository_id') === undefined && by('project_id') === undefined ? null : anotherRepository(roleCommand(claims, 'there'));
}

/** What lets this job in, the trust policy refused it. */
export function refusedAdvice(tried: Tried): string {
  const { claims, trusted = null, roleArn } = tried;
  const statement = `The trust policy of the role needs this statement, and its account the identity provider in it:\n${trustStatement(tried)}`;
  if (claims === null) return statement;
  const differing = compareClaims(claims, trusted).filter(({ differs }) => differs);
  if (trusted !== null && differing.length === 0) return `What ${trusted.stack} would trust agrees with the token, so the role in AWS is older, or another. Compare AWS_ROLE_ARN (${roleArn}) with that stack's output ${trusted.output ?? 'of the role'}, and deploy the stack.`;
  const advice = trusted === null ? null : adviceFor(tried, claims, differing);
  const command = roleCommand(claims, 'there');
  return advice ?? `${command === null ? '' : `Make a role for these jobs:\n${command}\nOr, of a role of your own: `}${command === null ? statement : statement.replace(/^T/, 't')}`;
}
