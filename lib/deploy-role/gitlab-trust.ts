import { branchOf, issuerUrl, type Context } from './context';
import { awsAudience, type Trust } from './trust';
import { UsageError } from './usage-error';

const gitLabIssuer = 'https://gitlab.com';

/**
 * The jobs of one branch of a project. An environment cannot be demanded: GitLab's `sub` does not name it, and STS does not
 * read the claim that does. The number of the project, where it is given, keeps out a later project of the same path; STS
 * reads it of gitlab.com alone.
 * https://docs.gitlab.com/ci/secrets/id_token_authentication/#token-payload
 *
 * @throws UsageError
 */
export function gitLabTrust(context: Context): Trust {
  const project = context.matching('project', /^[\w.-]+(?:\/[\w.-]+)+$/, 'GROUP/NAME, the path of the project') ?? '';
  const branch = branchOf(context);
  if (branch === undefined) throw new UsageError('-c branch must say from which branch of the project jobs may deploy.', context.example);
  const projectId = context.matching('projectId', /^\d{1,20}$/, 'the number of the project, as its page shows it');
  const issuer = issuerUrl(context, 'gitlabUrl', gitLabIssuer);
  if (projectId !== undefined && issuer !== gitLabIssuer) throw new UsageError('-c projectId only works with gitlab.com: STS reads that claim of no other GitLab.', context.example);
  return {
    system: 'gitlab',
    issuer,
    audience: context.matching('audience', /^[\w.:/-]{1,255}$/, 'what aud of id_tokens says') ?? awsAudience,
    subjects: [`project_path:${project}:ref_type:branch:ref:${branch}`],
    claims: projectId === undefined ? {} : { project_id: projectId },
  };
}
