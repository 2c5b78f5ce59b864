import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient, type Credentials } from '@aws-sdk/client-sts';
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { exitCodes } from '../../scripts/failures/exit-codes';
import type { Failure } from '../../scripts/failures/failure';
import { preflight } from '../../scripts/flow/preflight';
import { failureOf } from '../credentials/place';
import { runFor } from '../flow/run-for-test';
import { workflowIn } from '../workflows/workflow';
import { githubClaims } from '../oidc/claims';
import { withoutToken, wrongStatements, wrongTokens } from './ci-refusals';
import type { SeenRequest } from './emulator';
import { makeRoles, openCiWorld, rightClaims, type CiWorld } from './ci-world';
import { launch, program, type Ran } from './project';

// What deploy.yml does, with the commands that stand in it: the role of lib/deploy-role is all that it has.

jest.setTimeout(180_000);

let world: CiWorld;
let ran: Readonly<Record<'synthesize' | 'deploy', readonly Step[]>>;

/** A command of a job, and what AWS was asked meanwhile. */
interface Step extends Ran {
  readonly requests: readonly SeenRequest[];
}

/** The commands of a job of the workflow, but for those that install. */
function commandsOf(job: string): string[] {
  const { jobs } = workflowIn(readFileSync(join(world.project.directory, 'scripts/ci/workflows/github/deploy.yml'), 'utf8'));
  return (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []).filter((run) => !run.startsWith('npm ci'));
}

async function runJob(name: string, environment: Readonly<Record<string, string>>): Promise<Step[]> {
  const done: Step[] = [];
  for (const command of commandsOf(name)) {
    const from = world.emulator.requests.length;
    const one = await program(world.project, 'sh', ['-ec', command], { ...environment, CDK_VALIDATION: 'false' });
    done.push({ ...one, requests: world.emulator.requests.slice(from) });
    if (one.code !== 0) throw new Error(`${command}\n${one.output}`);
  }
  return done;
}

beforeAll(async () => {
  world = await openCiWorld();
  const synthesize = await runJob('synthesize', { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'octo/notes', AWS_REGION: 'us-west-2', AWS_ROLE_ARN: world.roleArn });
  // What upload-artifact and download-artifact do between the jobs.
  await program(world.project, 'sh', ['-ec', 'mkdir assembly && mv cdk.out.tar assembly && rm -r cdk.out']);
  ran = { synthesize, deploy: await runJob('deploy', world.job()) };
  cpSync(join(world.project.directory, 'cdk.out'), join(world.project.directory, 'job.out'), { recursive: true });
});

afterAll(async () => { await world.close(); });

function deployRun(): Step {
  const [, step] = ran.deploy;
  if (step === undefined) throw new Error('there was no deploy');
  return step;
}

test('the first job synthesizes, packs, and asks AWS nothing', () => {
  expect(ran.synthesize.map(({ code, requests }) => [code, requests])).toEqual([[0, []], [0, []]]);
});

test('the second one deployed as the role, and the API answered it', () => {
  expect(deployRun().stdout).toContain('source    GitHub Actions (OIDC)');
  expect(deployRun().stdout).toMatch(/identity {2}arn:aws:sts::000000000000:assumed-role\/GitHubDeployRole-\S+\/cdk-takeoff-42-0123456789ab\n/);
  expect(deployRun().stdout).not.toMatch(/^warning /m);
  expect(JSON.parse(ran.deploy.at(-1)?.stdout ?? '')).toEqual({ notes: [], nextToken: null });
});

test('every request was signed by the session of the role, or by one that it assumed', () => {
  const { requests } = deployRun();
  const own = new Set(requests.flatMap(({ accessKeyId, issued }) => (accessKeyId === null && issued !== null ? [issued] : [])));
  expect(own.size).toBe(1);
  const signers = new Set(requests.flatMap(({ accessKeyId }) => accessKeyId ?? []));
  const assumed = new Set(requests.flatMap(({ accessKeyId, issued }) => (accessKeyId !== null && own.has(accessKeyId) && issued !== null ? [issued] : [])));
  expect([...signers].filter((key) => !own.has(key) && !assumed.has(key))).toEqual([]);
  expect(assumed.size).toBeGreaterThan(0);
  expect(signers.has(world.emulator.accessKeyId)).toBe(false);
});

test('its log can be folded, hides the token, and its page says what was done', () => {
  const { stdout, stderr } = deployRun();
  expect(stdout).toMatch(/\n::group::cdk deploy\n[^]*TakeoffNotes[^]*\n::endgroup::\n/);
  expect(stderr).toMatch(/^::add-mask::eyJ[\w-]+\.[\w-]+\.[\w-]+$/m);
  expect(stdout).not.toMatch(/eyJ[\w-]{20,}\./);
  const summary = readFileSync(join(world.project.home, 'summary.md'), 'utf8').replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  expect(summary).toMatch(/^### npm run deploy\n\n[^]*\| account \| <code>000000000000<\/code> \|\n\| region \| <code>us-west-2<\/code> \|\n\| duration \| [^|]+, of which CDK /);
  expect(summary).toContain('| <code>TakeoffNotes</code> | created |');
  expect(summary).toMatch(/\| <code>TakeoffNotes\.ApiUrl<\/code> \| <code>http:/);
});

test('a token that the role does not trust stands beside what the role\'s stack trusts, which the first job synthesized too', async () => {
  const { code, stderr } = await launch(world.project, 'deploy', ['--assembly', 'job.out', '--yes', 'TakeoffNotes'], world.job(githubClaims({ environment: null })));
  expect(code).toBe(4);
  expect(stderr).toMatch(/OIDC_TRUST_REFUSED .*what the role of GitHubDeployRole trusts.*%0A {2}≠ sub +repo:octo\/notes:ref:refs\/heads\/main%0A {4}trusted +repo:octo\/notes:environment:production%0A.*Add to the job:%0A.*environment: production/);
});

test('of that assembly only the app\'s stack was deployed', () => {
  expect(readdirSync(join(world.project.directory, 'job.out'))).toContain('GitHubDeployRole.template.json');
  expect(Object.keys(JSON.parse(readFileSync(join(world.project.directory, 'outputs.json'), 'utf8')) as object)).toEqual(['TakeoffNotes']);
});

describe('the role for pull requests', () => {
  const pullRequest = githubClaims({ environment: null, event: 'pull_request', ref: 'refs/pull/1/merge', immutableSub: true });
  const job = (): Readonly<Record<string, string>> => ({ ...world.job(pullRequest), AWS_ROLE_ARN: world.outputs['PullRequestRoleArn'] ?? '', CDK_VALIDATION: 'false' });

  test('compares what is deployed, as the lookup role and no other', async () => {
    const from = world.emulator.log.length;
    const { code, output } = await launch(world.project, 'diff', ['--assembly', 'job.out', 'TakeoffNotes', '--fail', '--method', 'template'], job());
    expect([code, output]).toEqual([0, expect.stringMatching(/identity +\S+:assumed-role\/GitHubDeployRole-\S+PullRequest\S+\n[^]*There were no differences\n/) as string]);
    expect(output).not.toMatch(/^warning |could not be used to assume/m);
    expect(world.emulator.log.slice(from).join('\n')).not.toMatch(/ChangeSet|PutObject|s3 PUT/);
  });

  test.each([
    ['deploys nothing', 'deploy', ['--assembly', 'job.out', '--yes', 'TakeoffNotes'], 4, /ACCESS_DENIED .* may not change the stack TakeoffNotes: it may not assume \S+cdk-hnb659fds-deploy-role-\S+,/],
    ['calls no API, since it has no smokeTest', 'call', ['GET', '/notes', '--outputs-file', 'outputs.json'], 1, /CALL_FAILED GET \/notes was answered 403/],
  ])('%s', async (_what, command, args, exitCode, words) => {
    const from = world.emulator.log.length;
    const { code, stderr } = await launch(world.project, command, args, job());
    expect([code, stderr]).toEqual([exitCode, expect.stringMatching(words) as string]);
    expect(world.emulator.log.slice(from).join('\n')).not.toMatch(/ChangeSet|s3 PUT/);
  });
});

test('the preflight passes without a warning', async () => {
  const { stdout, code } = await launch(world.project, 'preflight', ['--json'], world.job());
  const { ok, checks, credentials } = JSON.parse(stdout) as { readonly ok: boolean; readonly checks: readonly { readonly id: string; readonly status: string }[]; readonly credentials: object };
  expect([code, ok, checks.filter(({ status }) => status !== 'pass' && status !== 'skip')]).toEqual([0, true, []]);
  expect(checks).toContainEqual(expect.objectContaining({ id: 'bootstrap', status: 'pass' }));
  expect(credentials).toMatchObject({ source: 'web-identity', kind: 'temporary' });
});

const bootstrapRole = (role: string): string => `cdk-hnb659fds-${role}-role-000000000000-us-west-2`;

describe('AWS denies the session of the role', () => {
  const closing: (() => void)[] = [];
  let credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string };

  const client = <Client extends { destroy(): void }>(make: new (init: object) => Client): Client => {
    const made = new make({ endpoint: world.emulator.origin, region: 'us-west-2', maxAttempts: 1, credentials });
    closing.push(() => made.destroy());
    return made;
  };

  beforeAll(async () => {
    const anybody = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' };
    await makeRoles(world, { 'of-another-stack': anybody, 'cdk-hnb659fds-untagged': anybody });
    const sts = new STSClient({ endpoint: world.emulator.origin, region: 'us-west-2' });
    const token = world.issuer.token(rightClaims, { aud: 'sts.amazonaws.com' });
    const { Credentials: { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = {} as Credentials } = await sts.send(new AssumeRoleWithWebIdentityCommand({ RoleArn: world.roleArn, RoleSessionName: 'tries', WebIdentityToken: token }));
    sts.destroy();
    credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  });
  afterAll(() => { for (const close of closing) close(); });

  const assume = (name: string) => () => client(STSClient).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::000000000000:role/${name}`, RoleSessionName: 'tries' }));

  test.each(['deploy', 'file-publishing', 'image-publishing', 'lookup'])('nothing that a deploy needs: the %s role', async (role) => {
    await expect(assume(bootstrapRole(role))()).resolves.toMatchObject({ Credentials: { AccessKeyId: expect.any(String) as string } });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a role of another stack', assume('of-another-stack')],
    ['a role that is called as the bootstrap\'s, without their tag', assume('cdk-hnb659fds-untagged')],
    ['the role with which CloudFormation makes resources', assume(bootstrapRole('cfn-exec'))],
    ['itself', () => assume(world.roleArn.split('/')[1] ?? '')()],
    ['a stack made with its own credentials', () => client(CloudFormationClient).send(new CreateStackCommand({ StackName: 'Direct', TemplateBody: '{"Resources":{"P":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":"x"}}}}' }))],
    ['the list of stacks', () => client(CloudFormationClient).send(new DescribeStacksCommand({}))],
    ['a policy of IAM', () => client(IAMClient).send(new CreatePolicyCommand({ PolicyName: 'mine', PolicyDocument: '{"Version":"2012-10-17","Statement":[]}' }))],
    ['the buckets', () => client(S3Client).send(new ListBucketsCommand({}))],
    ['the bootstrap\'s parameter', () => client(SSMClient).send(new GetParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }))],
  ])('%s', async (_what, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied/) as string });
  });
});

test('the API answers what only reads, and nothing else', async () => {
  const { code, stderr } = await launch(world.project, 'call', ['POST', '/notes', '--data', '{"text":"no"}', '--yes', '--outputs-file', 'outputs.json'], world.job());
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^::error title=CALL_FAILED::CALL_FAILED POST \/notes was answered 403: .*%0A/m) as string]);
});

test('a session that ends in the middle of a deploy is made new with a new token', async () => {
  const { emulator, issuer, project } = world;
  const [from, tokens] = [emulator.requests.length, issuer.requests.filter((path) => path === '/token').length];
  emulator.endWebIdentitiesAfter(4_000); // CDK keeps a session until five seconds before its end: it asks each time
  const sessions = (): string[] => emulator.requests.slice(from).flatMap(({ accessKeyId, issued }) => (accessKeyId === null && issued !== null ? [issued] : []));
  emulator.when(/^s3 PUT .* 200/, () => { for (const key of sessions().slice(0, -1)) emulator.expire(key); });
  const { code, output } = await launch(project, 'deploy', ['--assembly', 'job.out', 'TakeoffNotes', '--yes', '--force'], { ...world.job(), CDK_VALIDATION: 'false' });
  expect([code, output]).toEqual([0, expect.stringContaining('Deployed to account') as string]);
  const signers = new Set(emulator.requests.slice(from).map(({ accessKeyId }) => accessKeyId));
  expect(sessions().filter((key) => signers.has(key)).length).toBeGreaterThan(1);
  expect(issuer.requests.filter((path) => path === '/token').length - tokens).toBe(sessions().length);
});

/** What the preflight of a job ends with. Nothing is in its environment that the job has not. */
async function refusalOf(variables: Readonly<Record<string, string | undefined>>, argv: readonly string[] = []): Promise<Failure> {
  const { directory, environment, home } = world.project;
  const run = runFor('preflight', argv, directory);
  try {
    return await failureOf(() => preflight({ ...run, surroundings: { ...run.surroundings, environment: { ...environment, ...variables }, home } }));
  } finally {
    run.interruption.stop();
  }
}

describe('refused, each with its own words:', () => {
  const said = new Map<string, string>();

  beforeAll(async () => {
    // So that cdk.out has the role's stack, as in the project of whoever made the role.
    cpSync(join(world.project.directory, 'role.out'), join(world.project.directory, 'cdk.out'), { recursive: true });
    const { name } = world.issuer;
    const statement = { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::000000000000:oidc-provider/${name}` }, Action: 'sts:AssumeRoleWithWebIdentity' };
    await makeRoles(world, Object.fromEntries(Object.entries(wrongStatements).map(([role, of]) => [role, { ...statement, ...of(name) }])));
  });

  test.each([...withoutToken, ...wrongTokens])('%s', async (what, variables, code, words, argv) => {
    const failure = await refusalOf(variables(world), argv);
    expect(failure).toMatchObject({ code, exitCode: exitCodes[code], message: expect.stringMatching(words) as string });
    expect([3, 4, 5]).toContain(failure.exitCode);
    expect([...said].filter(([, other]) => other === `${failure.message}\n${failure.fix}`)).toEqual([]);
    said.set(what, `${failure.message}\n${failure.fix}`);
    expect(failure.message + failure.fix).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });

  test.each(Object.keys(wrongStatements))('a role of a policy with the mistake %s', async (role) => {
    const roleArn = `arn:aws:iam::000000000000:role/${role}`;
    const failure = await refusalOf({ ...world.job(), AWS_ROLE_ARN: roleArn });
    expect(failure).toMatchObject({ code: 'OIDC_TRUST_REFUSED', exitCode: 4, message: expect.stringContaining(`assume the role ${roleArn}`) as string });
  });
});
