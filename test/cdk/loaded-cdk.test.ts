import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadCdk, type LoadedCdk } from '../../scripts/cdk/loaded-cdk';
import { Kept } from './project';

// A CDK CLI of two files, as the real one is: what it loads, and the entry that runs it.

const cli = {
  'package.json': '{ "name": "aws-cdk", "bin": { "cdk": "bin/cdk" } }',
  'lib/index.js': `require('node:fs').writeFileSync('loaded.json', JSON.stringify({ pid: process.pid, argv: process.argv }));`,
  'bin/cdk': `
    const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
    require('../lib');
    const environ = process.platform === 'linux' ? readFileSync('/proc/self/environ', 'utf8') : '';
    writeFileSync('ran.json', JSON.stringify({ argv: process.argv, env: process.env, environ, at: __filename }));
    console.log('done by the token of this run');
    process.exitCode = 7;`,
};

let directory: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-loaded-')));
  for (const [path, text] of Object.entries(cli)) {
    const file = join(directory, 'node_modules/aws-cdk', path);
    mkdirSync(resolve(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  cpSync(resolve(__dirname, '../../scripts/cdk/loaded'), join(directory, 'scripts/cdk/loaded'), { recursive: true });
});
afterEach(() => { rmSync(directory, { recursive: true, force: true }); });

const instructions = { args: ['deploy', 'A stack', '--no-color'], env: { TOKEN: 'the token of this run' } };
const interrupted = { message: 'Interrupted.', fix: 'Again.' };
const program = (): string => join(directory, 'node_modules/aws-cdk/bin/cdk');
const exists = (name: string): boolean => existsSync(join(directory, name));

/** What the entry has seen. */
interface RanAs {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly environ: string;
  readonly at: string;
}

const loadedAs = (): { readonly pid: number; readonly argv: readonly string[] } => JSON.parse(readFileSync(join(directory, 'loaded.json'), 'utf8')) as ReturnType<typeof loadedAs>;

/** Settles when CDK has written `name`, whole. */
function written(name: string): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (!exists(name) || readFileSync(join(directory, name), 'utf8') === '') return;
      watcher.close();
      done();
    };
    const watcher = watch(directory, look);
    look();
  });
}

async function load(output = new Kept()): Promise<{ readonly cdk: LoadedCdk; readonly output: Kept }> {
  const cdk = await loadCdk(directory, { env: { PATH: process.env['PATH'] ?? '', STAGE: 'blue' }, output: { kind: 'streams', stdout: output, stderr: output }, args: ['A stack', '--no-color'], answers: false });
  await written('loaded.json');
  return { cdk, output };
}

test('it loads, does nothing until it is told to, and then runs its own entry as if that had been started', async () => {
  const { cdk, output } = await load();
  expect(exists('ran.json')).toBe(false);
  expect(await cdk.run(instructions, interrupted)).toEqual({ kind: 'exited', code: 7 });
  const ran = JSON.parse(readFileSync(join(directory, 'ran.json'), 'utf8')) as RanAs;
  expect(ran.argv).toEqual([process.execPath, program(), 'deploy', 'A stack', '--no-color']);
  expect(ran.at).toBe(program());
  expect(ran.env).toMatchObject({ STAGE: 'blue', TOKEN: instructions.env.TOKEN });
  expect(ran.environ).not.toContain('TOKEN');
  expect(output.text).toBe('done by the token of this run\n');
});

test('whether it is to have colours, which CDK decides while it loads, is said to it from the start', async () => {
  const { cdk } = await load();
  expect(loadedAs().argv.slice(2)).toEqual([program(), '--no-color']);
  await cdk.dismiss();
});

test('what is dismissed has not run, and is gone', async () => {
  const { cdk } = await load();
  await cdk.dismiss();
  expect(exists('ran.json')).toBe(false);
  expect(() => process.kill(loadedAs().pid, 0)).toThrow('ESRCH');
  await cdk.dismiss();
});

test('to dismiss what ran does nothing', async () => {
  const { cdk } = await load();
  await cdk.run(instructions, interrupted);
  await expect(cdk.dismiss()).resolves.toBeUndefined();
});

test('what is killed while it waits is told from what ended', async () => {
  const { cdk } = await load();
  process.kill(loadedAs().pid, 'SIGKILL');
  expect(await cdk.run(instructions, interrupted)).toEqual({ kind: 'killed', signal: 'SIGKILL' });
});

test('it ends by itself where the wrapper is gone', async () => {
  const child = spawn(process.execPath, [join(directory, 'scripts/cdk/loaded/main.cjs'), program()], { cwd: directory, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => { child.once('exit', (code, signal) => done({ code, signal })); });
  await written('loaded.json');
  child.stdio[3]?.destroy();
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(exists('ran.json')).toBe(false);
});

test('a CLI that cannot be loaded says so itself, once it is told to run', async () => {
  writeFileSync(join(directory, 'node_modules/aws-cdk/lib/index.js'), `require('node:fs').writeFileSync('loaded.json', '{}'); throw new Error('half installed');`);
  const { cdk, output } = await load();
  expect(await cdk.run(instructions, interrupted)).toEqual({ kind: 'exited', code: 1 });
  expect(output.text).toContain('half installed');
});
