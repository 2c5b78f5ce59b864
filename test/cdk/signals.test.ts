import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitingProject, type WaitingProject } from './signals-project';

let project: WaitingProject;
let directory: string;

beforeAll(() => {
  project = waitingProject();
  directory = project.directory;
});

afterAll(() => project.remove());

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts `file`, and waits until CDK and its app run. */
async function start(file: string, args: readonly string[]): Promise<Run> {
  for (const name of ['signals.txt', 'app.pid']) rmSync(join(directory, name), { force: true });
  const child = spawn(file, args, {
    cwd: directory, detached: true, stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: directory, AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'the other secret', npm_config_update_notifier: 'false' },
  });
  let text = '';
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => { child.once('close', (code, signal) => done({ code, signal })); });
  await new Promise<void>((ready, failed) => {
    const collect = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes('ready with')) ready();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    void ended.then(() => failed(new Error(`ended too early: ${text}`)));
  });
  return { child, ended, output: () => text };
}

function signals(): string[] {
  const file = join(directory, 'signals.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '');
  } catch {
    return false;
  }
}

function appIsRunning(): boolean {
  return isRunning(Number(readFileSync(join(directory, 'app.pid'), 'utf8')));
}

const wrapper = [process.execPath, ['hand-over.mjs']] as const;
const npm = ['npm', ['run', '-s', 'deploy']] as const;

describe('a signal', () => {
  test.each<[string, readonly [string, readonly string[]], 'alone' | 'group', NodeJS.Signals, number]>([
    ['the wrapper alone', wrapper, 'alone', 'SIGINT', 130],
    ['the wrapper alone', wrapper, 'alone', 'SIGTERM', 143],
    ['the wrapper alone', wrapper, 'alone', 'SIGHUP', 129],
    ['the group, as Ctrl-C', npm, 'group', 'SIGINT', 130],
    ['npm alone', npm, 'alone', 'SIGINT', 130],
    ['npm alone', npm, 'alone', 'SIGTERM', 143],
  ])('to %s (%#) reaches CDK once, and nothing is left', async (_, [file, args], to, signal, code) => {
    const run = await start(file, args);
    process.kill(to === 'group' ? -(run.child.pid ?? 0) : run.child.pid ?? 0, signal);
    expect(await run.ended).toEqual({ code, signal: null });
    expect(signals()).toEqual([signal]);
    expect(appIsRunning()).toBe(false);
    expect(run.output()).toContain('INTERRUPTED Interrupted. CDK has ended; a deployment that CloudFormation has begun goes on without it.');
  });

  test('that comes three times at once reaches CDK once, and ends with its group being killed where CDK ignores it', async () => {
    const run = await start(process.execPath, ['hand-over.mjs', 'Stubborn']);
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) run.child.kill(signal);
    expect((await run.ended).code).toBeGreaterThanOrEqual(130);
    expect(signals()).toHaveLength(1);
    expect(appIsRunning()).toBe(false);
  });
});

describe('CDK', () => {
  test('has no key in its environment, is asked for once, and its output is redacted', async () => {
    const run = await start(...wrapper);
    run.child.kill('SIGINT');
    await run.ended;
    const environment = readFileSync(join(directory, 'cdk-environment.json'), 'utf8');
    expect(environment).toContain('AWS_CONTAINER_CREDENTIALS_FULL_URI');
    expect(environment).not.toMatch(/of A, for the tests|AKIAOTHER|other secret|ASIATEST/);
    expect(run.output()).toContain('ready with [redacted]');
    expect(JSON.parse(readFileSync(join(directory, 'cdk-arguments.json'), 'utf8'))).toEqual([
      'deploy', '--app', 'cdk.out', '--build', '', '--profile', '', '--region', 'us-west-2',
      '--no-proxy', '--ca-bundle-path', '', `--plugin=${join(directory, 'scripts/cdk/loaded/no-plugin.cjs')}`, '--no-notices', '--yes',
    ]);
  });

  test('that is killed from outside is told from one that ended', async () => {
    const run = await start(...wrapper);
    process.kill(Number(readFileSync(join(directory, 'cdk.pid'), 'utf8')), 'SIGKILL');
    expect(await run.ended).toEqual({ code: 0, signal: null });
    expect(run.output()).toContain('{"kind":"killed","signal":"SIGKILL"}');
    expect(appIsRunning()).toBe(false);
  });
});
