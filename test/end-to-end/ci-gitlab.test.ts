import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { gitlabClaims, type Claims } from '../oidc/claims';
import { openCiWorld, type CiWorld } from './ci-world';
import { launch, program, type Ran } from './project';

// What .gitlab-ci.yml does, with the commands that stand in it: `id_tokens` and the role of lib/deploy-role are all that it has.

jest.setTimeout(180_000);

let world: CiWorld;
let ran: Readonly<Record<'synthesize' | 'deploy', readonly Ran[]>>;

const rightClaims = gitlabClaims({ project: 'octo/notes', ref: 'main' });

/** Those of every job, as https://docs.gitlab.com/ci/variables/predefined_variables/ has them. */
const predefined = { CI: 'true', GITLAB_CI: 'true', CI_PROJECT_PATH: 'octo/notes', CI_DEFAULT_BRANCH: 'main', CI_SERVER_URL: 'https://gitlab.com', CI_PIPELINE_ID: '574', CI_COMMIT_SHA: '0123456789abcdef', AWS_REGION: 'us-west-2', CDK_VALIDATION: 'false' };

/** The variables of the job that deploys. */
function job(claims: Claims): Readonly<Record<string, string>> {
  return { ...predefined, GITLAB_OIDC_TOKEN: world.issuer.token(claims), AWS_ROLE_ARN: world.roleArn, AWS_ENDPOINT_URL: world.emulator.origin };
}

/** Runs the script of a job, but for what installs. */
async function runJob(name: 'synthesize' | 'deploy', environment: Readonly<Record<string, string>>): Promise<Ran[]> {
  const pipeline = parse(readFileSync(join(world.project.directory, 'scripts/ci/workflows/gitlab/.gitlab-ci.yml'), 'utf8')) as Readonly<Record<string, { readonly script: readonly string[] }>>;
  const done: Ran[] = [];
  for (const command of (pipeline[name]?.script ?? []).filter((line) => !line.startsWith('npm ci'))) {
    const one = await program(world.project, 'sh', ['-ec', command], environment);
    if (one.code !== 0) throw new Error(`${command}\n${one.output}`);
    done.push(one);
  }
  return done;
}

beforeAll(async () => {
  world = await openCiWorld({ name: 'GitLabDeployRole', context: { project: 'octo/notes', branch: 'main', smokeTest: 'true', oidcProvider: 'import' }, issuer: 'https://gitlab.com' });
  const synthesize = await runJob('synthesize', { ...predefined, AWS_ROLE_ARN: world.roleArn });
  ran = { synthesize, deploy: await runJob('deploy', job(rightClaims)) };
});

afterAll(async () => { await world.close(); });

test('deploys as the role, without a warning, and prints no token', () => {
  const [deployed] = ran.deploy;
  expect(deployed?.output).toMatch(/source +GitLab CI\/CD[^]*assumed-role\/GitLabDeployRole-\S+\/cdk-takeoff-574-0123456789ab\n[^]*Deployed to account .*\n {2}stacks {4}TakeoffNotes {2}created\n {2}outputs /);
  expect(deployed?.stdout).not.toMatch(/^warning /m);
  expect(deployed?.output).not.toMatch(/eyJ[\w-]{20,}\./);
});

test('and its API answers the role', () => {
  expect(JSON.parse(ran.deploy.at(-1)?.stdout ?? '')).toEqual({ notes: [], nextToken: null });
});

test.each<[string, Claims, RegExp]>([
  ['another project', gitlabClaims({ project: 'octo/other', ref: 'main' }), /≠ sub +project_path:octo\/other:\S+:main\n +trusted +project_path:octo\/notes:ref_type:branch:ref:main\n/],
  ['another branch', gitlabClaims({ project: 'octo/notes', ref: 'feature' }), /≠ sub +project_path:\S+:feature\n/],
  ['another audience', gitlabClaims({ project: 'octo/notes', ref: 'main', audience: 'https://vault.example.com' }), /≠ aud +https:\/\/vault\.example\.com\n +trusted +sts\.amazonaws\.com\n/],
])('is refused from %s, beside what the role trusts', async (_what, claims, words) => {
  const { code, stdout } = await launch(world.project, 'preflight', ['--json'], job(claims));
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'OIDC_TRUST_REFUSED', message: expect.stringMatching(words) as string } });
});
