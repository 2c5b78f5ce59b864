import { spawn } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parameterOf } from './deployed';
import { startBootstrapped } from './bootstrapped';
import type { Behaviour, Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { onLinux, processesIn } from './processes';
import { launch, makeProject, type Project, type Ran } from './project';

// Faults that end by themselves, and such that no patience heals, each in another phase of CDK's deploy, and what a run must
// survive in each phase. The app makes its assembly once, with a stack for each run.

jest.setTimeout(300_000);

const stacks = ['Reset', 'Unavailable', 'Throttled', 'Gone', 'Healed-reset', 'Healed-unavailable', 'Healed-throttled', 'Signalled', 'Published', 'Begun', 'Later'] as const;

type StackName = (typeof stacks)[number];

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
for (const name of ${JSON.stringify(stacks)}) new SsmParameter(new Stack(app, name), 'Value', { name: '/fixture/' + name, type: 'String', value: 'x' });
`;

const [publishing, changeSet, execution] = [/^s3 /, /cloudformation CreateChangeSet/, /cloudformation ExecuteChangeSet/];

let project: Project;
const emulators: Emulator[] = [];

type Begin = (emulator: Emulator) => void;

const healing: readonly (readonly [StackName, Behaviour])[] = [['Healed-reset', 'reset'], ['Healed-unavailable', 'unavailable'], ['Healed-throttled', 'throttled']];

const faults: readonly (readonly [StackName, RegExp, Begin])[] = [
  ['Reset', publishing, (emulator) => { emulator.behave('reset'); }],
  ['Unavailable', changeSet, (emulator) => { emulator.behave('unavailable'); }],
  ['Throttled', changeSet, (emulator) => { emulator.behave('throttled'); }],
  ['Gone', changeSet, (emulator) => { emulator.vanish(); }],
  ...healing.map(([stack, fault]) => [stack, execution, (emulator: Emulator) => { emulator.behave(fault, 2); }] as const),
];

interface Lasting {
  /** Settles once the fault has begun: CDK then tries again for most of a minute, and needs no processor for it. */
  readonly begun: Promise<unknown>;
  readonly ended: Promise<{ readonly ran: Ran; readonly emulator: Emulator }>;
}

const lasting = new Map<StackName, Lasting>();

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  await assemble(project, 'cdk.out');
  for (const [stack, phase, begin] of faults) lasting.set(stack, deployThrough(stack, phase, begin));
  await Promise.allSettled([...lasting.values()].map(({ begun }) => begun));
});
afterAll(async () => {
  for (const emulator of emulators) await emulator.close();
  project.remove();
});

async function bootstrapped(): Promise<Emulator> {
  const emulator = await startBootstrapped();
  emulators.push(emulator);
  return emulator;
}

/** Each with an assembly of its own: several deploy at once. */
function argsFor(stack: StackName): readonly string[] {
  cpSync(join(project.directory, 'cdk.out'), join(project.directory, 'assemblies', stack), { recursive: true });
  return ['--yes', '--assembly', join('assemblies', stack), stack];
}

function deploy(stack: StackName, emulator: Emulator, environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return launch(project, 'deploy', argsFor(stack), { ...emulator.environment, ...environment });
}

const noStack = /^ +at .*:\d+:\d+\)?$/m;
const blamesKeys = /aws configure|export AWS_ACCESS|Unable to resolve AWS account|no credentials have been configured/i;

/** A deploy on which `begin` acts in `phase`. */
function deployThrough(stack: StackName, phase: RegExp, begin: Begin): Lasting {
  let reached: () => void;
  const begun = new Promise<void>((resolve) => { reached = resolve; });
  const ended = bootstrapped().then(async (emulator) => {
    emulator.when(phase, () => {
      begin(emulator);
      reached();
    });
    const ran = await deploy(stack, emulator);
    emulator.behave('well');
    return { ran, emulator };
  });
  return { begun: Promise.race([begun, ended]), ended };
}

onLinux('in each phase', () => {
  let emulator: Emulator;
  beforeAll(async () => { emulator = await bootstrapped(); });

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
    expect(await deploy('Signalled', emulator, environment)).toMatchObject({ code: 0 });
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
    expect(await deploy('Later', emulator, jumpIn(/sts GetCallerIdentity/, 2))).toMatchObject({ code: 5, stderr: expect.stringContaining('SESSION_TOO_SHORT') as string });
    expect(await parameterOf(emulator, '/fixture/Later')).toBeNull();
  });
});

async function endOf(stack: StackName): Promise<{ readonly ran: Ran; readonly emulator: Emulator }> {
  const ended = await lasting.get(stack)?.ended;
  if (ended === undefined) throw new Error('It was not begun.');
  return ended;
}

test.each(healing)('%s: AWS spoils two requests while CDK deploys, then all is well, and the deploy succeeds', async (stack) => {
  const { ran: { code, output }, emulator } = await endOf(stack);
  expect([code, output]).toEqual([0, expect.stringContaining('Deployed to account')]);
  expect(await parameterOf(emulator, `/fixture/${stack}`)).toBe('x');
  expect(emulator.spoiled()).toBe(2);
});

describe('while CDK deploys, AWS for ever', () => {
  test.each<[StackName, string, RegExp]>([
    ['Reset', 'breaks connections', /http:\/\/\S+ cannot be reached: it broke the connection/],
    ['Unavailable', 'answers 503', /http:\/\/\S+ did not answer as AWS does \(HTTP 503\), after three attempts/],
    ['Throttled', 'throttles', /http:\/\/\S+ is asked too often \(Throttling\), and refused three attempts/],
    ['Gone', 'refuses connections', /http:\/\/\S+ cannot be reached: it refuses connections/],
  ])('%s: it %s. That is told, and no key is blamed', async (stack, _, words) => {
    const { ran: { code, stderr, output } } = await endOf(stack);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^CDK_FAILED cdk deploy ended with code 1\./m)]);
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(/The credentials were not judged\. What CloudFormation has begun goes on without us\.\n-> [^]*Then resume: npm run deploy -- /);
    expect(output).not.toMatch(blamesKeys);
    expect(output.slice(output.indexOf('CDK_FAILED'))).not.toMatch(noStack);
  });

  test.each<StackName>(['Reset', 'Unavailable', 'Throttled'])('%s: when it is well again, the same command finishes', async (stack) => {
    const { emulator } = await endOf(stack);
    expect(await launch(project, 'deploy', ['--yes', '--assembly', join('assemblies', stack), stack], emulator.environment)).toMatchObject({ code: 0 });
    expect(await parameterOf(emulator, `/fixture/${stack}`)).toBe('x');
  });
});
