import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterOf } from './deployed';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { appRuns, assemble, writeApp } from './fixture-app';
import { launch, makeProject, type Project } from './project';

// An app that needs to know something of AWS to synthesize: CDK looks it up beside the credentials, without the app.

jest.setTimeout(180_000);

/** Copies what the SSM parameter of the context `from` holds at synthesis; keeps every environment that it ran in. */
const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';

appendFileSync('environments.jsonl', JSON.stringify(process.env) + '\\n');
const app = new App();
const stack = new Stack(app, 'Copies', { env: { account: '000000000000', region: 'us-west-2' } });
const value = StringParameter.valueFromLookup(stack, app.node.tryGetContext('from') ?? '/lookup/there');
new SsmParameter(stack, 'Copy', { name: '/fixture/copy', type: 'String', value });
`;

let project: Project;
let emulator: Emulator;
const keyOf = (name: string): string => `ssm:account=000000000000:parameterName=${name}:region=us-west-2`;

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  emulator = await startBootstrapped();
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken = '' } = emulator.environment;
  const ssm = new SSMClient({ endpoint: emulator.origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey, sessionToken } });
  await ssm.send(new PutParameterCommand({ Name: '/lookup/there', Value: 'from AWS', Type: 'String' }));
  ssm.destroy();
});

beforeEach(() => {
  for (const name of ['cdk.context.json', 'environments.jsonl', 'app-runs.txt']) rmSync(join(project.directory, name), { force: true });
});

afterAll(async () => {
  await emulator.close();
  project.remove();
});

/** What is left in the cache of a run's own folders. */
function runFolders(): string[] {
  return readdirSync(join(project.directory, '.takeoff')).filter((name) => name.startsWith('synth-'));
}

test('deploy looks it up without the app, says so, and keeps it; then no credentials are needed to synthesize', async () => {
  const ran = await launch(project, 'deploy', ['--yes'], emulator.environment);
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toContain(`Looked up in AWS for this app, and kept in cdk.context.json: ${keyOf('/lookup/there')}.`);
  expect(ran.output).not.toMatch(/Context lookups have been disabled/);
  expect(await parameterOf(emulator, '/fixture/copy')).toBe('from AWS');
  expect(JSON.parse(readFileSync(join(project.directory, 'cdk.context.json'), 'utf8'))).toEqual({ [keyOf('/lookup/there')]: 'from AWS' });
  expect(appRuns(project)).toBe(2);
  const environments = readFileSync(join(project.directory, 'environments.jsonl'), 'utf8');
  expect(environments).not.toMatch(/AWS_CONTAINER_|AWS_ACCESS_KEY|AWS_SESSION|AWS_ENDPOINT/);
  expect(environments).not.toContain(new URL(emulator.origin).host);

  const synth = await launch(project, 'synth', [], { CDK_VALIDATION: 'false' });
  expect(synth).toMatchObject({ code: 0 });
  expect(synth.output).not.toContain('Looked up');
  expect(runFolders()).toEqual([]);
});

test('synth without credentials exits 3 and names what only AWS knows', async () => {
  const ran = await launch(project, 'synth', [], { CDK_VALIDATION: 'false' });
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('NO_CREDENTIALS');
  expect(ran.stderr).toContain(keyOf('/lookup/there'));
  expect(ran.stderr).toContain('cdk.context.json');
  expect(ran.output).not.toMatch(/lookups have been disabled/i);
  expect(existsSync(join(project.directory, 'cdk.context.json'))).toBe(false);
  const json = await launch(project, 'synth', ['--json'], { CDK_VALIDATION: 'false' });
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, exitCode: 3, error: { code: 'NO_CREDENTIALS' } });
});

test('what is not there is said in CDK\'s words, and nothing is deployed', async () => {
  const before = emulator.log.length;
  const ran = await launch(project, 'deploy', ['--yes', '-c', 'from=/lookup/nowhere'], emulator.environment);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/CDK_FAILED CDK could not look up what the app needs:\n.*\/lookup\/nowhere/);
  expect(ran.stderr).toMatch(/CDK says: .*\/lookup\/nowhere/);
  expect(emulator.log.slice(before).join('\n')).not.toContain('ChangeSet');
});

test('--no-lookups is obeyed', async () => {
  const ran = await launch(project, 'deploy', ['--yes', '--no-lookups'], emulator.environment);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/^USAGE [^]*--no-lookups/m);
});

test.each(['--assembly', '--app'])('an assembly with something missing, given with %s, is never deployed', async (option) => {
  await assemble(project, 'cdk.out', { [keyOf('/lookup/there')]: 'from AWS' });
  const manifest = join(project.directory, 'cdk.out/manifest.json');
  const missing = [{ key: keyOf('/lookup/other'), provider: 'ssm', props: { account: '000000000000', region: 'us-west-2', parameterName: '/lookup/other' } }];
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')) as object, missing }));
  const before = emulator.log.length;
  const ran = await launch(project, 'deploy', ['--yes', option, 'cdk.out'], emulator.environment);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain(keyOf('/lookup/other'));
  expect(emulator.log.slice(before).join('\n')).not.toMatch(/ChangeSet|s3 PUT/);
});
