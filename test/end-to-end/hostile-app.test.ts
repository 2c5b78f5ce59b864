import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startEmulator, type Emulator } from './emulator';
import { changeCdkJson, writeApp } from './fixture-app';
import { launch, makeProject, type Project, type Ran } from './project';

// Code that is after the credentials, wherever a project lets code in. It looks where Linux shows things: /proc.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

const app = `
import { execFileSync } from 'node:child_process';
import { App, Stack } from 'aws-cdk-lib/core';

execFileSync('node', ['spy.mjs', 'app']);
const stack = new Stack(new App(), 'Hostile');
stack.synthesizer.addFileAsset({ executable: ['node', 'spy.mjs', 'executable'], sourceHash: 'x' });
`;

interface Found {
  readonly environment: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly port: number;
  readonly status: number;
  readonly body: string;
}

jest.setTimeout(120_000);

onLinux('code that is after the credentials', () => {
  let project: Project;
  let emulator: Emulator;

  const run = (command: string, ...args: readonly string[]): Promise<Ran> => launch(project, command, args, emulator.environment);
  const at = (name: string): string => join(project.directory, name);
  const found = (where: string): Found => JSON.parse(readFileSync(at(`found-${where}.json`), 'utf8')) as Found;

  /** Whether a text has anything with which somebody could call AWS. */
  function hasCredentials(text: string): boolean {
    const { AWS_SESSION_TOKEN: token = '' } = emulator.environment;
    return [emulator.accessKeyId, emulator.secretAccessKey, token, 'SecretAccessKey', 'AWS_CONTAINER_'].some((word) => text.includes(word));
  }

  beforeAll(async () => {
    project = makeProject();
    writeApp(project, app);
    cpSync(join(__dirname, 'hostile/spy.mjs'), at('spy.mjs'));
    writeFileSync(at('plugin.js'), "require('node:child_process').execFileSync('node', ['spy.mjs', 'plugin']); exports.version = '1'; exports.init = () => {};");
    changeCdkJson(project, { build: 'node spy.mjs build' });
    emulator = await startEmulator();
  });
  afterAll(async () => {
    writeFileSync(at('stop'), '');
    while (existsSync(at('lurked.jsonl')) && !existsSync(at('stopped'))) await setTimeout(50);
    await emulator.close();
    project.remove();
  });

  test('finds none in build and in the app: not in the environment, not in what is open, not at a port', async () => {
    expect(await run('synth')).toMatchObject({ code: 0 });
    for (const where of ['build', 'app']) {
      const { environment, files, answers } = found(where);
      expect(environment).toMatchObject({ PATH: expect.any(String) as string, AWS_EC2_METADATA_DISABLED: 'true' });
      expect(files.filter((file) => file.startsWith('/') && !file.startsWith('/dev/') && !file.startsWith('/proc/'))).toEqual([]);
      expect(answers).toEqual([]);
      expect(hasCredentials(JSON.stringify([environment, files]))).toBe(false);
    }
  });

  test('does not run as a plugin of CDK that nobody allowed', async () => {
    changeCdkJson(project, { plugin: [at('plugin.js')] });
    const refused = await run('bootstrap', '--yes');
    changeCdkJson(project, { plugin: [] });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining(`CDK plugin: ${at('plugin.js')}`) as string });
    expect(existsSync(at('found-plugin.json'))).toBe(false);
  });

  test('that stayed behind finds the endpoint while CDK uses it, and gets nothing from it', async () => {
    const ran = await launch(project, 'bootstrap', ['--yes'], { ...emulator.environment, NODE_OPTIONS: '--report-directory=/nowhere' });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.output.match(/.*NODE_OPTIONS.*/g)).toEqual([expect.stringMatching(/: --report-directory$/)]);
    const answers = readFileSync(at('lurked.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Answer);
    expect(answers.filter(({ status, body }) => status === 401 && body === '{"code":"Unauthorized","message":"Unauthorized"}')).not.toEqual([]);
    expect(answers.filter(({ body }) => hasCredentials(body))).toEqual([]);
  });

  test('does not run as an executable of an asset that nobody allowed, and the app finds none beside the session', async () => {
    const refused = await run('deploy', '--yes');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('asset executable: node spy.mjs executable') as string });
    expect(existsSync(at('found-executable.json'))).toBe(false);
    expect(hasCredentials(JSON.stringify([found('build'), found('app')]))).toBe(false);
  });

  test('runs there when the project allows it: what was looked for above would have been seen', async () => {
    changeCdkJson(project, { plugin: [at('plugin.js')], context: { takeoff: { allowAssetCommands: true } } });
    await run('deploy', '--yes');
    for (const where of ['plugin', 'executable']) expect(hasCredentials(JSON.stringify(found(where).environment))).toBe(true);
  });

  test('that changes an assembly after it was searched is noticed before CDK reads it', async () => {
    emulator.when(/^cloudformation /, () => appendFileSync(at('cdk.out/Hostile.template.json'), ' ')); // while the plan is made
    const uploads = emulator.log.filter((line) => line.startsWith('s3 PutObject')).length;
    const refused = await run('deploy', '--yes', '--assembly', 'cdk.out');
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('ASSEMBLY_CHANGED') as string });
    expect(refused.stderr).toContain('credentials: Hostile.template.json. Nothing');
    expect(emulator.log.filter((line) => line.startsWith('s3 PutObject'))).toHaveLength(uploads);
  });
});
