import { branchOf, issuerUrl, type Context } from './context';
import { awsAudience, type Trust } from './trust';
import { UsageError } from './usage-error';

/** https://docs.github.com/en/actions/reference/security/oidc */
const gitHubIssuer = 'https://token.actions.githubusercontent.com';

const numeric = /^\d{1,20}$/;
const byNumber = 'a number: gh api repos/OWNER/NAME --jq \'.id, .owner.id\' shows repositoryId and ownerId';

/** Jobs of one repository, and how their tokens name it. */
interface Repository {
  readonly issuer: string;
  /** Every form that `sub` begins with. */
  readonly prefixes: readonly string[];
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * By its name; where both ids are known, also in the form of newer repositories, which has the ids, so that a new owner of
 * the same name is not trusted. https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 */
function repositoryOf(context: Context): Repository {
  const name = context.matching('repository', /^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/, 'OWNER/NAME, as in the address of the repository') ?? '';
  const ownerId = context.matching('ownerId', numeric, byNumber);
  const repositoryId = context.matching('repositoryId', numeric, byNumber);
  if ((ownerId === undefined) !== (repositoryId === undefined)) throw new UsageError('-c ownerId and -c repositoryId only say something together.', `${context.example} -c ownerId=1234 -c repositoryId=5678`);
  const issuer = issuerUrl(context, 'issuer', gitHubIssuer);
  if (ownerId === undefined || repositoryId === undefined) return { issuer, prefixes: [`repo:${name}`], claims: {} };
  const [owner = '', repository = ''] = name.split('/');
  return { issuer, prefixes: [`repo:${name}`, `repo:${owner}@${ownerId}/${repository}@${repositoryId}`], claims: { repository_id: repositoryId } };
}

function trustOf({ issuer, prefixes, claims }: Repository, ending: string, more: Readonly<Record<string, string>> = {}): Trust {
  return { system: 'github', issuer, audience: awsAudience, subjects: prefixes.map((prefix) => `${prefix}:${ending}`), claims: { ...claims, ...more } };
}

/** What GitHub writes for a colon in the name of an environment, which would otherwise end it. */
function inSubject(environment: string): string {
  return environment.replaceAll(':', '%3A');
}

/**
 * The jobs that may deploy: those of an environment, of a branch, or of an environment from a branch.
 *
 * @throws UsageError
 */
export function gitHubTrust(context: Context): Trust {
  const repository = repositoryOf(context);
  const environment = context.matching('environment', /^[\w./:()@+ \u00C0-\u00FF-]{1,255}$/, 'the name of an environment of the repository, with no wildcard');
  const branch = branchOf(context);
  if (environment === undefined && branch === undefined) throw new UsageError('-c environment (preferred) or -c branch must say which jobs of the repository may deploy.', context.example);
  if (environment === undefined) return trustOf(repository, `ref:refs/heads/${branch}`);
  if (branch === undefined) return trustOf(repository, `environment:${inSubject(environment)}`);
  if (branch.includes('*')) throw new UsageError('-c branch with a * cannot be joined with -c environment: STS compares ref as a whole.', context.example);
  return trustOf(repository, `environment:${inSubject(environment)}`, { ref: `refs/heads/${branch}` });
}

/** Jobs of pull requests from branches of the same repository: GitHub gives those from forks no token. */
export function gitHubPullRequestTrust(context: Context): Trust {
  return trustOf(repositoryOf(context), 'pull_request');
}
