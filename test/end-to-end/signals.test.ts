import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrapLocal, startBootstrapped } from './bootstrapped';
import { deployed } from './deployed';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { onLinux, processesIn } from './processes';
import { launch, makeProject, startNpm, type Project, type Ran, type Running } from './project';

// Signals, as a terminal, a supervisor and a person with `kill` send them, to real commands with the real CDK.

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
  await assemble(project, 'made', { names: ['Signals', ...cases.map(nameOf)].join(',') });
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

const cases: readonly (readonly [NodeJS.Signals, Target])[] = [
  ['SIGINT', 'npm'], ['SIGTERM', 'npm'],
  ['SIGINT', 'group'], ['SIGTERM', 'group'],
  ['SIGINT', 'wrapper'], ['SIGTERM', 'wrapper'],
  ['SIGHUP', 'wrapper'], // npm itself ends by it
];

const nameOf = ([signal, target]: readonly [NodeJS.Signals, Target]): string => `${signal}-${target}`;

onLinux('signals', () => {
  test.each(cases)('%s to the %s during synthesis ends all, and nothing was changed', async (signal, target) => {
    const running = startNpm(project, 'deploy', ['--yes', '-c', 'wait=1'], emulator.environment);
    await running.saw(/the app waits/);
    send(running, signal, target);
    const ended = await running.ended;
    expectClean(ended, signal);
    expect(ended.stderr).toContain('Nothing was changed');
  });

  describe('during the deploy', () => {
    const interrupted: string[] = [];

    test.each(cases)('%s to the %s ends all', async (signal, target) => {
      const name = nameOf([signal, target]);
      const deploying = new Promise<void>((reached) => {
        emulator.when(/cloudformation ExecuteChangeSet/, () => {
          emulator.behave('silent');
          reached();
        });
      });
      const running = startNpm(project, 'deploy', ['--yes', '--assembly', 'made', name], emulator.environment);
      await Promise.race([deploying, running.ended.then(({ output }) => { throw new Error(`It ended before the deploy:\n${output}`); })]);
      send(running, signal, target);
      const ended = await running.ended;
      expectClean(ended, signal);
      expect(ended.stderr).toContain('a deployment that CloudFormation has begun goes on without it');
      interrupted.push(name);
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
