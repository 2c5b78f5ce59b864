import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapLocal, startBootstrapped } from './bootstrapped';
import { deployed } from './deployed';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { useCli } from './own-cli';
import { onLinux, processesIn } from './processes';
import { launch, makeProject, startNpm, type Project, type Ran, type Running } from './project';

// Signals, as a terminal, a supervisor and a person with `kill` send them, to real commands: one way of each with the real
// CDK, the others with a program in its place that waits as it does, since CDK gets them from the wrapper in any case.

jest.setTimeout(180_000);

let project: Project;
let emulator: Emulator;

/** The context `names` has those of its stacks, with commas between. With the context `wait` it never ends by itself. */
const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
for (const name of (app.node.tryGetContext('names') ?? 'Signals').split(',')) {
  new SsmParameter(new Stack(app, name), 'Value', { name: '/fixture/' + name, type: 'String', value: 'x' });
}
if (app.node.tryGetContext('wait') !== undefined) {
  console.error('the app waits');
  setInterval(() => undefined, 1000);
}
`;

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  emulator = await startBootstrapped();
  await assemble(project, 'made', { names: ['Signals', ...[...cases, ...otherCases].map(nameOf)].join(',') });
});

afterEach(() => { emulator.behave('well'); });

afterAll(async () => {
  await emulator.close();
  project.remove();
});

type Target = 'npm' | 'group' | 'wrapper';

function send(running: Running, signal: NodeJS.Signals, target: Target): void {
  if (target !== 'wrapper') return running.signal(signal, target);
  const wrapper = processesIn(project.directory).find(({ command, parent }) => command.includes('launch.mjs') && parent === running.pid);
  if (wrapper === undefined) throw new Error('The wrapper does not run as a child of npm.');
  process.kill(wrapper.pid, signal);
}

/** That it ended as it should, and nothing of it runs any more. */
function expectClean(ended: Ran, signal: NodeJS.Signals): void {
  const codes: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  expect({ code: ended.code, signal: ended.signal }).toEqual({ code: codes[signal], signal: null });
  expect(processesIn(project.directory).map(({ command }) => command)).toEqual([]);
  expect(ended.stderr).toMatch(/^Interrupted/m);
}

type Case = readonly [NodeJS.Signals, Target];

const cases: readonly Case[] = [
  ['SIGINT', 'group'],
  ['SIGTERM', 'npm'],
  ['SIGHUP', 'wrapper'], // npm itself ends by it
];

const otherCases: readonly Case[] = [['SIGINT', 'npm'], ['SIGTERM', 'group'], ['SIGINT', 'wrapper'], ['SIGTERM', 'wrapper']];

const nameOf = ([signal, target]: Case): string => `${signal}-${target}`;

/** Waits as CDK does, with a program that it started; what it is compared with says that it is new enough. */
const waitingCli = {
  'package.json': '{ "name": "aws-cdk", "version": "2.9999.0", "bin": { "cdk": "bin/cdk" } }',
  'lib/index.js': '// cloud-assembly-schema/schema/version.json"\n// revision: 9999',
  'bin/cdk': `
    const says = process.argv.includes('synth') ? 'the app waits' : 'CDK deploys';
    require('node:child_process').spawn(process.execPath, ['-e', \`console.error('\${says}'); setInterval(() => undefined, 1000);\`], { stdio: 'inherit' });
    setInterval(() => undefined, 1000);
  `,
};

/** @returns what was said on standard error */
async function interruptSynthesis([signal, target]: Case): Promise<string> {
  const running = startNpm(project, 'deploy', ['--yes', '-c', 'wait=1'], emulator.environment);
  await running.saw(/the app waits/);
  send(running, signal, target);
  const ended = await running.ended;
  expectClean(ended, signal);
  return ended.stderr;
}

/**
 * @param deploying what settles when CDK deploys
 * @returns what was said on standard error
 */
async function interruptDeploy([signal, target]: Case, deploying: (running: Running) => Promise<unknown>): Promise<string> {
  const running = startNpm(project, 'deploy', ['--yes', '--assembly', 'made', nameOf([signal, target])], emulator.environment);
  await Promise.race([deploying(running), running.ended.then(({ output }) => { throw new Error(`It ended before the deploy:\n${output}`); })]);
  send(running, signal, target);
  const ended = await running.ended;
  expectClean(ended, signal);
  return ended.stderr;
}

const nothingChanged = 'Nothing was changed';
const goesOn = 'a deployment that CloudFormation has begun goes on without it';

onLinux('signals', () => {
  test.each(cases)('%s to the %s during synthesis ends all, and nothing was changed', async (...one) => {
    expect(await interruptSynthesis(one)).toContain(nothingChanged);
  });

  describe('during the deploy', () => {
    const interrupted: string[] = [];

    test.each(cases)('%s to the %s ends all', async (...one) => {
      const deploying = new Promise<void>((reached) => {
        emulator.when(/cloudformation ExecuteChangeSet/, () => {
          emulator.behave('silent');
          reached();
        });
      });
      expect(await interruptDeploy(one, () => deploying)).toContain(goesOn);
      interrupted.push(nameOf(one));
    });

    // One for all: each has left its stack, its lock and its folder as it was when the signal came.
    test('and the next deploy works, of each stack that was interrupted', async () => {
      const again = await launch(project, 'deploy', ['--all', '--yes', '-c', `names=${interrupted.join(',')}`], emulator.environment);
      expect(again).toMatchObject({ code: 0 });
      const { parameters } = await deployed(emulator, ...interrupted.map((name) => `/fixture/${name}`));
      expect(parameters).toEqual(Object.fromEntries(interrupted.map((name) => [`/fixture/${name}`, 'x'])));
      expect(readdirSync(join(project.directory, '.takeoff')).filter((entry) => entry.startsWith('synth-'))).toEqual([]);
    });
  });

  describe('whichever way they come,', () => {
    let restore: () => void;
    beforeAll(() => { restore = useCli(project, waitingCli); });
    afterAll(() => { restore(); });

    test.each(otherCases)('%s to the %s ends all, during synthesis and during the deploy', async (...one) => {
      expect(await interruptSynthesis(one)).toContain(nothingChanged);
      expect(await interruptDeploy(one, (running) => running.saw(/CDK deploys/))).toContain(goesOn);
    });
  });

  test('a deploy to the local AWS that is interrupted leaves a state that the next one finishes', async () => {
    await bootstrapLocal(project);
    const args = ['--local', '--assembly', 'made', 'Signals'];
    const running = startNpm(project, 'deploy', args);
    await running.saw(/CREATE_IN_PROGRESS|deploying\.\.\./);
    send(running, 'SIGINT', 'group');
    expectClean(await running.ended, 'SIGINT');
    expect(await launch(project, 'deploy', args)).toMatchObject({ code: 0 });
  });
});
