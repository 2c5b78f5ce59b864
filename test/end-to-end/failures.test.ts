import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, startFakeSts } from '../identity/fake-sts';
import { startBootstrapped } from './bootstrapped';
import { parameterOf } from './deployed';
import type { Emulator } from './emulator';
import { assemble, changeCdkJson, writeApp } from './fixture-app';
import { launch, makeProject, npmRun, type Project, type Ran } from './project';

// What stops a deploy before, in and after CDK: its code, its words, and one JSON object with --json.

jest.setTimeout(180_000);

let project: Project;
let emulator: Emulator;
let cdkJson: string;
let gitignore: string;
/** Where synthesis is not what is tested, its result is taken. */
let made: readonly string[];

/** One parameter, which must match the context `pattern`; and what the files `raw.txt`, `base64.txt` and `asset` bring in: a value, a value of another stack, an asset. */
const app = `
import { existsSync, readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

const app = new App();
const account = app.node.tryGetContext('account');
const stack = new Stack(app, app.node.tryGetContext('name') ?? 'Fails', account === undefined ? {} : { env: { account, region: 'us-west-2' } });
const value = existsSync('raw.txt') ? readFileSync('raw.txt', 'utf8') : 'good';
new SsmParameter(stack, 'Value', { name: '/fixture/' + stack.stackName, type: 'String', value, allowedPattern: app.node.tryGetContext('pattern') ?? '.*' });
if (existsSync('base64.txt')) new SsmParameter(new Stack(app, 'Encoded'), 'Value', { type: 'String', value: readFileSync('base64.txt', 'utf8') });
if (existsSync('asset')) new Asset(stack, 'Asset', { path: 'asset' });
`;

interface Report {
  readonly ok: boolean;
  readonly exitCode: number;
  readonly error: { readonly code: string; readonly message: string; readonly fix: string } | null;
  readonly checks: readonly { readonly id: string; readonly status: string }[];
}

const inProject = (name: string): string => join(project.directory, name);

/** Runs a command as a person and as a program would; both must fail alike, and the program must get one object. */
async function failsWith(exitCode: number, code: string, command: string, args: readonly string[], environment: Readonly<Record<string, string>> = emulator.environment): Promise<Ran & { readonly report: Report }> {
  const ran = await npmRun(project, command, args, environment);
  expect(ran).toMatchObject({ code: exitCode, stderr: expect.stringContaining(`${code} `) });
  const json = await launch(project, command, [...args, '--json'], environment);
  const report = JSON.parse(json.stdout) as Report;
  expect(report).toMatchObject({ ok: false, exitCode, error: { code } });
  expect(json.code).toBe(exitCode);
  return { ...ran, report };
}

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  cdkJson = readFileSync(inProject('cdk.json'), 'utf8');
  gitignore = readFileSync(inProject('.gitignore'), 'utf8');
  emulator = await startBootstrapped();
  made = await assemble(project, 'made');
});

afterEach(() => {
  emulator.behave('well');
  for (const name of ['raw.txt', 'base64.txt', 'asset', '.env']) rmSync(inProject(name), { force: true });
  writeFileSync(inProject('cdk.json'), cdkJson);
  writeFileSync(inProject('.gitignore'), gitignore);
  execFileSync('git', ['reset', '-q'], { cwd: project.directory, env: project.environment });
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

describe('in CDK', () => {
  test('a resource that cannot be made is CDK_FAILED with CDK\'s code, and its reason is above', async () => {
    const failed = await failsWith(1, 'CDK_FAILED', 'deploy', ['--yes', ...await assemble(project, 'refused', { pattern: 'other' })]);
    expect(failed.stderr).toContain('cdk deploy ended with code 1');
    expect(failed.output).toMatch(/CREATE_FAILED[^]*allowedPattern/);
    expect(failed.stderr).toContain('npm run deploy');
    expect(await launch(project, 'deploy', ['--yes', ...made], emulator.environment)).toMatchObject({ code: 0 });
    const { report } = await failsWith(7, 'NOT_CONFIRMED', 'destroy', made);
    expect(report.error?.fix).toContain('npm run destroy -- --assembly made --yes');
  });

  test('a session that ends in the middle is said to have ended, and how to resume', async () => {
    emulator.when(/cloudformation ExecuteChangeSet/, () => { emulator.behave('expired'); });
    const args = ['--yes', ...await assemble(project, 'ends', { name: 'Ends' })];
    const ran = await launch(project, 'deploy', args, emulator.environment);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/CDK_FAILED cdk deploy ended with code 1, because the session ended/);
    expect(ran.stderr).toContain('What CloudFormation has begun goes on without us.');
    expect(ran.stderr).toMatch(/resume: npm run deploy -- --assembly ends --yes/);
    emulator.behave('well');
    expect(await parameterOf(emulator, '/fixture/Ends')).toBe('good');
    expect(await launch(project, 'deploy', args, emulator.environment)).toMatchObject({ code: 0 });
  });

  test('an app that throws is CDK_FAILED, and its words are shown', async () => {
    const failed = await failsWith(1, 'CDK_FAILED', 'deploy', ['--yes', '-c', 'name=not a name']);
    expect(failed.stderr).toContain('cdk synth ended with code 1');
    expect(failed.output).toMatch(/Stack name must match/);
  });
});

describe('before CDK', () => {
  let before: number;
  beforeEach(() => { before = emulator.log.length; });
  // Nothing of this may have changed anything.
  afterEach(() => {
    const changes = emulator.log.slice(before).filter((line) => /ChangeSet|CreateStack|UpdateStack|DeleteStack|s3 PUT/.test(line));
    if (changes.length > 0) throw new Error(`It changed something: ${changes.join(', ')}`);
  });

  test('a deploy or a bootstrap that nobody confirms is NOT_CONFIRMED', async () => {
    const deploy = await failsWith(7, 'NOT_CONFIRMED', 'deploy', made);
    expect(deploy.report.error?.fix).toContain('npm run deploy -- --assembly made --yes');
    const bootstrap = await failsWith(7, 'NOT_CONFIRMED', 'bootstrap', []);
    expect(bootstrap.report.error?.fix).toContain('npm run bootstrap -- --yes');
  });

  test('a destroy of nothing asks nothing, and starts no CDK that would call it destroyed', async () => {
    const { code, output } = await launch(project, 'destroy', await assemble(project, 'nowhere', { name: 'Nowhere' }), emulator.environment);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/Nowhere +nothing of it is deployed\n\nok Nothing to destroy in account 000000000000 in us-west-2\n$/) as string });
  });

  test('WRONG_ACCOUNT by --account, by context.takeoff.accounts, and by the stack itself', async () => {
    const own = await failsWith(5, 'WRONG_ACCOUNT', 'deploy', ['--yes', ...await assemble(project, 'foreign', { account: '111122223333' })]);
    expect(own.output).toContain('The stack Fails is for account 111122223333, and the credentials are of 000000000000, which may not assume arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-us-west-2 (AccessDenied).');
    expect(own.output).toMatch(/^ *npm run bootstrap -- aws:\/\/111122223333\/us-west-2 --trust 000000000000 --cloudformation-execution-policies arn:aws:iam::aws:policy\/AdministratorAccess$/m);
    const given = await failsWith(5, 'WRONG_ACCOUNT', 'deploy', ['--yes', '--account', '111122223333']);
    expect(given.stderr).toContain('account 000000000000, and --account expects 111122223333');
    changeCdkJson(project, { context: { takeoff: { accounts: ['111122223333'] } } });
    const configured = await failsWith(5, 'WRONG_ACCOUNT', 'deploy', ['--yes']);
    expect(configured.stderr).toContain('context.takeoff.accounts');
    expect(configured.report.checks).toContainEqual(expect.objectContaining({ id: 'account', status: 'fail' }));
    expect(configured.report.checks).toContainEqual({ id: 'bootstrap', status: 'skip', message: 'the account is not the one expected', fix: null });
  });

  test('NOT_BOOTSTRAPPED has the exact command', async () => {
    const { report } = await failsWith(5, 'NOT_BOOTSTRAPPED', 'deploy', ['--yes', '--region', 'eu-west-1', ...made]);
    expect(report.error?.message).toContain('/cdk-bootstrap/hnb659fds/version');
    expect(report.error?.fix).toMatch(/^npm run bootstrap -- --region eu-west-1 +\(makes aws:\/\/000000000000\/eu-west-1 ready/);
  });

  test('ROOT_USER', async () => {
    const sts = await startFakeSts(identity('123456789012', 'arn:aws:iam::123456789012:root'));
    try {
      const { report } = await failsWith(5, 'ROOT_USER', 'deploy', ['--yes'], { ...emulator.environment, AWS_ENDPOINT_URL_STS: sts.origin });
      expect(report.checks).toContainEqual(expect.objectContaining({ id: 'key-kind', status: 'fail' }));
    } finally {
      await sts.close();
    }
  });

  test('the secret in use, that comes by a file into a template, into another one in base64, and into an asset, is SECRET_IN_ASSEMBLY', async () => {
    const { secretAccessKey } = emulator;
    const encoded = Buffer.from(secretAccessKey).toString('base64');
    for (const [file, secret] of [['raw.txt', secretAccessKey], ['base64.txt', encoded], ['asset', secretAccessKey]] as const) writeFileSync(inProject(file), `before ${secret} after`);
    const failed = await failsWith(5, 'SECRET_IN_ASSEMBLY', 'deploy', ['--yes', '--all']);
    for (const where of [/Fails\.template\.json \(/, /Encoded\.template\.json \(/, /asset\.[0-9a-f]+ \(/]) expect(failed.stderr).toMatch(where);
    for (const secret of [secretAccessKey, encoded]) expect(failed.output + JSON.stringify(failed.report)).not.toContain(secret);
  });

  test('ENV_FILE_TRACKED', async () => {
    writeFileSync(inProject('.env'), 'AWS_DEFAULT_REGION=us-west-2\n', { mode: 0o600 });
    execFileSync('git', ['add', '-f', '.env'], { cwd: project.directory, env: project.environment });
    const { report } = await failsWith(5, 'ENV_FILE_TRACKED', 'preflight', []);
    expect(report.error?.fix).toContain('git rm --cached -f .env');
  });

  test('ENV_FILE_NOT_IGNORED', async () => {
    writeFileSync(inProject('.gitignore'), 'node_modules\ncdk.out\n.takeoff\n');
    writeFileSync(inProject('.env'), 'AWS_DEFAULT_REGION=us-west-2\n', { mode: 0o600 });
    const { report } = await failsWith(5, 'ENV_FILE_NOT_IGNORED', 'deploy', ['--yes']);
    expect(report.error?.fix).toContain('.gitignore');
  });
});
