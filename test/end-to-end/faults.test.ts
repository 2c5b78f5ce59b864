import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startInTerminal, type PseudoTerminal } from '../terminal/pseudo-terminal';
import { asks } from './at-terminal';
import { startBootstrapped } from './bootstrapped';
import { parameterOf } from './deployed';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { startLastingDeploys, type LastingDeploys, type LastingStack } from './lasting-deploys';
import { useCli } from './own-cli';
import { onLinux, processesIn } from './processes';
import { launch, makeProject, npmRun, program, startNpm, type Project, type Ran, type Running } from './project';

// What a machine does to a run: who reads it goes away, the terminal closes, the disk is full, a process dies, two at once;
// and what AWS does to one, which lasts longest, and so is begun first and looked at last.

jest.setTimeout(300_000);

let project: Project;
let emulator: Emulator;
let lasting: LastingDeploys;

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
for (const name of ['Faults', 'Unread', 'Asked', 'HungUp']) new SsmParameter(new Stack(app, name), 'Value', { name: '/fixture/' + name, type: 'String', value: 'x' });
`;

/** Where synthesis is not what is tested, its result is taken. */
const made = '--assembly made';
const deployFaults = ['--yes', ...made.split(' '), 'Faults'];

const inProject = (name: string): string => join(project.directory, name);

beforeAll(async () => {
  lasting = await startLastingDeploys();
  project = makeProject();
  writeApp(project, app);
  emulator = await startBootstrapped();
  await assemble(project, 'made');
});

afterEach(() => { emulator.behave('well'); });

afterAll(async () => {
  await lasting.close();
  await emulator.close();
  project.remove();
});

/** Runs a line of shell, to its end. */
function shell(line: string, environment: Readonly<Record<string, string>> = emulator.environment): Promise<Ran> {
  return program(project, 'sh', ['-c', line], environment);
}

/** Resolves when CloudFormation has begun, and answers nobody any more. */
function inTheMiddle(): Promise<void> {
  return new Promise((reached) => {
    emulator.when(/cloudformation ExecuteChangeSet/, () => {
      emulator.behave('silent');
      reached();
    });
  });
}

async function allGone(): Promise<void> {
  for (const since = Date.now(); processesIn(project.directory).length > 0; await setTimeout(20)) {
    if (Date.now() - since > 20_000) throw new Error(`Still there: ${processesIn(project.directory).map(({ command }) => command).join('\n')}`);
  }
}

/** The one process of the project that has `part` in its command. */
function only(part: string): number {
  const found = processesIn(project.directory).filter(({ command }) => command.includes(part));
  if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} of ${part}`);
  return found[0].pid;
}

const noStack = /^ +at .*:\d+:\d+\)?$/m;

describe('whoever reads standard output', () => {
  test('goes away: the deploy goes on, says so, and ends with its own code', async () => {
    const { stdout, stderr } = await shell(`{ npm run -s deploy -- --yes ${made} Unread; echo "code $?" >&2; } | head -n 1`);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('Nobody reads standard output any more. The run goes on without it; its exit code says how it ended.');
    expect(stderr).toMatch(/^code 0$/m);
    expect(stderr).not.toMatch(noStack);
    expect(await parameterOf(emulator, '/fixture/Unread')).toBe('x');
  });

  test.each([['preflight -- --json', 0], ['preflight -- --nonsense', 2]])('goes away before %s has said anything: %i', async (command, code) => {
    const { stderr } = await shell(`{ npm run -s ${command}; echo "code $?" >&2; } | true`);
    expect(stderr).toMatch(new RegExp(`^code ${code}$`, 'm'));
    expect(stderr).not.toMatch(noStack);
  });
});

// Where what is lost is all that the command is for, it has failed.
onLinux('a disk that is full', () => {
  test.each([['preflight', 0], ['preflight -- --json', 1], ['preflight -- --help', 1]])('takes nothing of %s: %i', async (command, code) => {
    const ran = await shell(`exec npm run -s ${command} > /dev/full`);
    expect(ran).toMatchObject({ code, stderr: expect.stringContaining('Standard output cannot be written (ENOSPC).') as string });
    expect(ran.stderr).not.toMatch(noStack);
  });

  test('takes nothing of a deploy: that is told, and nothing is deployed', async () => {
    const before = emulator.log.length;
    const ran = await shell('ulimit -f 1; exec node scripts/launch.mjs deploy --yes Faults'); // a file may have one block, as where there is no room
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^(?:FILE_SYSTEM|CDK_FAILED) /m) as string });
    expect(emulator.log.slice(before).filter((line) => /ChangeSet/.test(line))).toEqual([]);
  });
});

test('a disk that is full under the local AWS ends the run with 1, and its state is whole', async () => {
  const limited = await shell('ulimit -f 60; exec node scripts/launch.mjs bootstrap --local', {});
  expect(limited).toMatchObject({ code: 1, stderr: expect.stringMatching(/^(?:FILE_SYSTEM|CDK_FAILED) /m) as string });
  expect(await npmRun(project, 'bootstrap', ['--local'])).toMatchObject({ code: 0 });
});

test('a source of the wrapper with a mistake in it is named, and not the disk', async () => {
  const source = inProject('scripts/flow/synth.ts');
  const before = readFileSync(source, 'utf8');
  writeFileSync(source, `${before}const const;\n`);
  const [ran, inJson] = await Promise.all([npmRun(project, 'synth'), npmRun(project, 'synth', ['--json'])]);
  writeFileSync(source, before);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/^INTERNAL cdk-takeoff cannot be compiled: scripts\/flow\/synth\.ts:\d+:7: .*\n.*git checkout -- scripts\/flow\/synth\.ts\n$/) as string });
  expect(inJson).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(inJson.stdout)).toEqual({
    ok: false, identity: null, region: null, credentials: null, checks: [], exitCode: 1, durationMs: expect.any(Number) as number,
    error: { code: 'INTERNAL', message: expect.stringMatching(/^cdk-takeoff cannot be compiled: scripts\/flow\/synth\.ts:/) as string, fix: expect.stringContaining('git checkout -- scripts/flow/synth.ts') as string },
  });
});

onLinux('in the middle of a deploy', () => {
  let running: Running;
  let wrapper: number;
  let cdk: number;

  beforeAll(async () => {
    const reached = inTheMiddle();
    running = startNpm(project, 'deploy', deployFaults, emulator.environment);
    await Promise.race([reached, running.ended.then(({ output }) => { throw new Error(output); })]);
    [wrapper, cdk] = [only('launch.mjs'), only('aws-cdk')];
    process.kill(cdk, 'SIGSTOP');
    emulator.behave('well');
  });

  test('a second one of the same stack says who is at it, and stops before it plans', async () => {
    const second = await npmRun(project, 'deploy', deployFaults, emulator.environment);
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`BUSY Another npm run deploy of this project (process ${wrapper}) is at the stack Faults of account 000000000000 in us-west-2. Nothing was changed by this one.`);
    expect(second.stderr).toContain('When it has ended: npm run deploy -- Faults --assembly made --yes');
    expect(second.stdout).not.toContain('Plan: deploy');
  });

  test('SIGPIPE is nothing, and CDK killed is told, with what CloudFormation does', async () => {
    process.kill(wrapper, 'SIGPIPE');
    process.kill(cdk, 'SIGKILL');
    const ended = await running.ended;
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/CDK_FAILED cdk deploy was killed by SIGKILL\.[^]*What CloudFormation has begun goes on without us\./);
    expect(ended.stderr).not.toMatch(noStack);
    expect(processesIn(project.directory)).toEqual([]);
  });

  test('that died the next one finds no lock, and finishes', async () => {
    expect(await npmRun(project, 'deploy', deployFaults, emulator.environment)).toMatchObject({ code: 0 });
    expect(await parameterOf(emulator, '/fixture/Faults')).toBe('x');
  });
});

describe('while AWS is asked and does not answer', () => {
  // npm itself dies of SIGHUP.
  test.each([['SIGINT', { code: 130, signal: null }], ['SIGTERM', { code: 143, signal: null }], ['SIGHUP', { code: null, signal: 'SIGHUP' }]] as const)('%s ends the run at once, with %j of npm', async (signal, ending) => {
    emulator.behave('silent');
    const asked = new Promise<void>((reached) => { emulator.when(/sts GetCallerIdentity/, reached); });
    const running = startNpm(project, 'preflight', [], emulator.environment);
    await Promise.race([asked, running.ended.then(({ output }) => { throw new Error(output); })]);
    running.signal(signal, 'group');
    const ended = await running.ended;
    expect(ended).toMatchObject({ ...ending, stderr: expect.stringContaining(`Interrupted (${signal}).`) as string });
    expect(ended.stderr).not.toMatch(noStack);
  });
});

onLinux('a terminal that closes', () => {
  let terminal: PseudoTerminal;
  afterEach(async () => { await terminal.close(); });

  /** The shell is what a terminal's end takes away; what ran in it gets SIGHUP, and can write nowhere. */
  function start(args: string): void {
    const command = `sh -c 'trap "" HUP; node scripts/launch.mjs deploy ${args}; echo $? > code.txt'; true`;
    terminal = startInTerminal('sh', ['-c', command], { env: { ...project.environment, ...emulator.environment }, cwd: project.directory, columns: 120, patience: 60_000 });
  }

  async function closed(): Promise<string> {
    terminal.kill('SIGKILL');
    await allGone();
    const code = readFileSync(inProject('code.txt'), 'utf8').trim();
    rmSync(inProject('code.txt'));
    return code;
  }

  test('at the question ends the run, and nothing was changed', async () => {
    start(`${made} Asked`);
    await terminal.waitFor(asks.deploy);
    expect(await closed()).toBe('129');
    expect(await parameterOf(emulator, '/fixture/Asked')).toBeNull();
  });

  test('during the deploy ends all, and the next one finishes', async () => {
    const reached = inTheMiddle();
    start(`--yes ${made} HungUp`);
    await reached;
    expect(await closed()).toBe('129');
    emulator.behave('well');
    expect(await launch(project, 'deploy', ['--yes', ...made.split(' '), 'HungUp'], emulator.environment)).toMatchObject({ code: 0 });
    expect(await parameterOf(emulator, '/fixture/HungUp')).toBe('x');
  });
});

describe('a tree that cannot be written', () => {
  afterEach(() => { if (existsSync(inProject('.takeoff.aside'))) { rmSync(inProject('.takeoff'), { recursive: true }); renameSync(inProject('.takeoff.aside'), inProject('.takeoff')); } });

  test('a file where the folder of a run belongs is told as that', async () => {
    renameSync(inProject('.takeoff'), inProject('.takeoff.aside'));
    writeFileSync(inProject('.takeoff'), '');
    const ran = await npmRun(project, 'deploy', ['--yes'], emulator.environment);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringMatching(/FILE_SYSTEM .*\.takeoff\S* cannot be used: a file stands where a folder belongs \((?:EEXIST|ENOTDIR)\)/) as string });
    expect(ran.stderr).not.toMatch(noStack);
  });
});

describe('a CDK CLI', () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['that is missing', {}, /TOOLCHAIN The CDK CLI is not installed in this project\./],
    ['that is too old', {
      'package.json': '{"name":"aws-cdk","version":"2.100.0"}',
      'lib/index.js': '// cloud-assembly-schema/schema/version.json"\nrevision: 34',
    }, /TOOLCHAIN The CDK CLI 2\.100\.0 of this project is too old for aws-cdk-lib/],
  ])('%s is told before anything is synthesized', async (_what, files, words) => {
    const restore = useCli(project, files);
    const { code, stderr, output } = await launch(project, 'deploy', ['--yes'], emulator.environment);
    restore();
    expect([code, stderr]).toEqual([5, expect.stringMatching(words)]);
    expect(output).not.toContain('Synthesi');
  });
});

describe('nobody to ask', () => {
  const nobody = { AWS_EC2_METADATA_DISABLED: 'true' };

  test.each([
    ['stdin closed', 'exec npm run -s deploy <&-'],
    ['stdin empty', 'exec npm run -s deploy < /dev/null'],
    ['in the background', 'npm run -s deploy & wait $!'],
    ['nohup', 'exec nohup npm run -s deploy'],
  ])('%s: the credentials that lack are named, and it ends with 3', async (_, line) => {
    const ran = await shell(line, nobody);
    expect(ran).toMatchObject({ code: 3, signal: null });
    expect(ran.output).toContain('NO_CREDENTIALS');
    expect(ran.output).not.toMatch(noStack);
  });
  test('nor to tell: the exit code alone says it', async () => {
    expect(await shell('exec npm run -s deploy <&- >&- 2>&-', nobody)).toMatchObject({ code: 3, signal: null, output: '' });
  });
});

test.each<LastingStack>(['ResetTwice', 'UnavailableTwice', 'ThrottledTwice'])('%s: AWS spoils two requests while CDK deploys, then all is well, and the deploy succeeds', async (stack) => {
  const { ran: { code, output }, emulator: aws } = await lasting.ended(stack);
  expect([code, output]).toEqual([0, expect.stringContaining('Deployed to account')]);
  expect(await parameterOf(aws, `/fixture/${stack}`)).toBe('x');
  expect(aws.spoiled()).toBe(2);
});

describe('while CDK deploys, AWS for ever', () => {
  const blamesKeys = /aws configure|export AWS_ACCESS|Unable to resolve AWS account|no credentials have been configured/i;

  test.each<[LastingStack, string, RegExp]>([
    ['Reset', 'breaks connections', /http:\/\/\S+ cannot be reached: it broke the connection/],
    ['Unavailable', 'answers 503', /http:\/\/\S+ did not answer as AWS does \(HTTP 503\), after three attempts/],
    ['Throttled', 'throttles', /http:\/\/\S+ is asked too often \(Throttling\), and refused three attempts/],
    ['Gone', 'refuses connections', /http:\/\/\S+ cannot be reached: it refuses connections/],
  ])('%s: it %s. That is told, and no key is blamed', async (stack, _, words) => {
    const { ran: { code, stderr, output } } = await lasting.ended(stack);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^CDK_FAILED cdk deploy ended with code 1\./m)]);
    expect(stderr).toMatch(words);
    expect(stderr).toMatch(/The credentials were not judged\. What CloudFormation has begun goes on without us\.\n-> [^]*Then resume: npm run deploy -- /);
    expect(output).not.toMatch(blamesKeys);
    expect(output.slice(output.indexOf('CDK_FAILED'))).not.toMatch(noStack);
  });

  test.each<LastingStack>(['Reset', 'Unavailable', 'Throttled'])('%s: when it is well again, the same command finishes', async (stack) => {
    expect(await lasting.again(stack)).toMatchObject({ code: 0 });
    expect(await parameterOf((await lasting.ended(stack)).emulator, `/fixture/${stack}`)).toBe('x');
  });
});
