import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBootstrapped } from './bootstrapped';
import { parameterOf } from './deployed';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { onLinux, processesIn } from './processes';
import { launch, makeProject, type Project, type Ran } from './project';

// What a run must survive in each phase of a deploy. The app makes its assembly once, with a stack for each run.

jest.setTimeout(180_000);

const stacks = ['Signalled', 'Published', 'Begun', 'Later'] as const;

type StackName = (typeof stacks)[number];

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
for (const name of ${JSON.stringify(stacks)}) new SsmParameter(new Stack(app, name), 'Value', { name: '/fixture/' + name, type: 'String', value: 'x' });
`;

const [publishing, changeSet, execution] = [/^s3 /, /cloudformation CreateChangeSet/, /cloudformation ExecuteChangeSet/];

const noStack = /^ +at .*:\d+:\d+\)?$/m;

onLinux('in each phase', () => {
  let project: Project;
  let emulator: Emulator;
  beforeAll(async () => {
    [project, emulator] = [makeProject(), await startBootstrapped()];
    writeApp(project, app);
    await assemble(project, 'made');
  });
  afterAll(async () => {
    await emulator.close();
    project.remove();
  });

  const argsFor = (stack: StackName): readonly string[] => ['--yes', '--assembly', 'made', stack];

  function deploy(stack: StackName, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return launch(project, 'deploy', argsFor(stack), { ...emulator.environment, ...environment });
  }

  /** From `phase` on the clock of what is then deployed with the environment that this gives is as many hours on. */
  function jumpIn(phase: RegExp, hours: number): Readonly<Record<string, string>> {
    const file = join(project.home, `${hours}.jump`);
    emulator.when(phase, () => { writeFileSync(file, String(hours * 3_600_000)); });
    return { NODE_OPTIONS: `--import=${join(__dirname, 'jumping-clock.mjs')}`, CLOCK_JUMP: file, AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 3_600_000).toISOString() };
  }

  test('SIGPIPE to all that runs, and a clock that jumps two hours back while CDK deploys, are nothing', async () => {
    const signalled: string[] = [];
    const environment = jumpIn(changeSet, -2);
    for (const phase of [/sts GetCallerIdentity/, /ssm GetParameter/, publishing, changeSet, execution]) {
      emulator.when(phase, () => {
        signalled.push(phase.source);
        for (const { pid, command } of processesIn(project.directory)) if (/^(?:\S*\/)?node /.test(command)) process.kill(pid, 'SIGPIPE');
      });
    }
    expect(await deploy('Signalled', environment)).toMatchObject({ code: 0 });
    expect(signalled).toHaveLength(5);
    expect(await parameterOf(emulator, '/fixture/Signalled')).toBe('x');
  });

  // That one who goes away before CDK begins ends nothing either: faults.test.ts.
  test.each<[StackName, RegExp]>([['Published', publishing], ['Begun', execution]])('%s: a reader that goes away then ends nothing', async (stack, phase) => {
    const child = spawn(process.execPath, ['scripts/launch.mjs', 'deploy', ...argsFor(stack)], { cwd: project.directory, env: { ...project.environment, ...emulator.environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => { stderr += chunk; });
    child.stdout.resume();
    emulator.when(phase, () => { child.stdout.destroy(); });
    const code = await new Promise((ended) => { child.once('close', ended); });
    expect([code, stderr]).toEqual([0, expect.stringContaining('Nobody reads standard output any more.')]);
    expect(stderr).not.toMatch(noStack);
    expect(await parameterOf(emulator, `/fixture/${stack}`)).toBe('x');
  });

  test('a clock that jumps two hours on, over the end of the session, is told as that, and nothing is deployed', async () => {
    expect(await deploy('Later', jumpIn(/sts GetCallerIdentity/, 2))).toMatchObject({ code: 5, stderr: expect.stringContaining('SESSION_TOO_SHORT') as string });
    expect(await parameterOf(emulator, '/fixture/Later')).toBeNull();
  });
});
