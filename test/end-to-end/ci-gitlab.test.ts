import { gitlabClaims, type Claims } from '../oidc/claims';
import { openCiWorld, type CiWorld } from './ci-world';
import { npmRun, type Ran } from './project';

// A job of GitLab CI/CD with nothing but its `id_tokens`, and the role of lib/deploy-role for its branch.

jest.setTimeout(180_000);

let world: CiWorld;
let ran: Ran;

const rightClaims = gitlabClaims({ project: 'octo/notes', ref: 'main' });

/** The variables of a job, as https://docs.gitlab.com/ci/variables/predefined_variables/ has them. */
function job(claims: Claims): Readonly<Record<string, string>> {
  return {
    CI: 'true', GITLAB_CI: 'true', CI_PIPELINE_ID: '574', CI_COMMIT_SHA: '0123456789abcdef', GITLAB_OIDC_TOKEN: world.issuer.token(claims),
    AWS_ROLE_ARN: world.roleArn, AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: world.emulator.origin, CDK_VALIDATION: 'false',
  };
}

beforeAll(async () => {
  world = await openCiWorld({ name: 'GitLabDeployRole', context: { project: 'octo/notes', branch: 'main', oidcProvider: 'import' }, issuer: 'gitlabUrl' });
  ran = await npmRun(world.project, 'deploy', ['TakeoffNotes', '--yes'], job(rightClaims));
});

afterAll(async () => { await world.close(); });

test('deploys as the role, without a warning, and prints no token', () => {
  expect([ran.code, ran.output]).toEqual([0, expect.stringMatching(/source +GitLab CI\/CD[^]*assumed-role\/GitLabDeployRole-\S+\/cdk-takeoff-574-0123456789ab\n[^]*Deployed to account/)]);
  expect(ran.stdout).not.toMatch(/^warning /m);
  expect(ran.output).not.toMatch(/eyJ[\w-]{20,}\./);
});

test.each<[string, Claims]>([
  ['another project', gitlabClaims({ project: 'octo/other', ref: 'main' })],
  ['another branch', gitlabClaims({ project: 'octo/notes', ref: 'feature' })],
  ['another audience', gitlabClaims({ project: 'octo/notes', ref: 'main', audience: 'https://vault.example.com' })],
])('is refused from %s, with what the token says', async (_what, claims) => {
  const { code, stdout } = await npmRun(world.project, 'preflight', ['--json'], job(claims));
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'OIDC_TRUST_REFUSED', message: expect.stringContaining(String(claims['aud'] === 'sts.amazonaws.com' ? claims['sub'] : claims['aud'])) as string } });
});
