import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const parts = ['bin', 'lib', 'scripts', 'cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json', '.gitignore', '.env.example'];

/** A copy of the project in a folder of its own: a git repository, a HOME without AWS files, the installed packages linked. */
export interface Project {
  readonly directory: string;
  readonly home: string;
  /** An environment with nothing of this machine but PATH. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

/**
 * Makes a project as a fresh clone would be after `npm ci`.
 *
 * @param validates whether each synthesis checks the templates against CDK's rules, as it does for a person: that costs
 *   more than the rest of it, and few tests are about it
 */
export function makeProject({ validates = false }: { readonly validates?: boolean } = {}): Project {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-')));
  const directory = join(folder, 'project');
  const home = join(folder, 'home');
  mkdirSync(directory);
  mkdirSync(home);
  for (const part of parts) cpSync(join(root, part), join(directory, part), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Test\n\temail = test@example.com\n[init]\n\tdefaultBranch = main\n');
  const environment = { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: tmpdir(), LANG: 'C.UTF-8', npm_config_update_notifier: 'false', AWS_EC2_METADATA_DISABLED: 'true', ...(validates ? {} : { CDK_VALIDATION: 'false' }) };
  // By that threshold all goes into one pack: a file for each object takes three times as long.
  for (const args of [['init', '-q'], ['-c', 'core.bigFileThreshold=1', 'add', '.'], ['commit', '-qm', 'Start']]) execFileSync('git', args, { cwd: directory, env: environment });
  return { directory, home, environment, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

/** Runs `npm run -s COMMAND -- ARGS` without a terminal, to its end. */
export function npmRun(project: Project, command: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return program(project, 'npm', ['run', '-s', command, ...(args.length === 0 ? [] : ['--', ...args])], environment);
}

/** What that starts, without npm, whose start costs more than the wrapper's: where what npm does to it is not what is tested. */
export function launch(project: Project, command: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return program(project, process.execPath, ['scripts/launch.mjs', command, ...args], environment);
}

/** The same for what a test stands on: throws what it printed where it fails. */
export async function mustRun(project: Project, command: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const ran = await launch(project, command, args, environment);
  if (ran.code !== 0) throw new Error(ran.output);
  return ran;
}

/** Runs a program in the project without a terminal, to its end. */
export function program(project: Project, file: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn(file, args, { cwd: project.directory, env: { ...project.environment, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '', output: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        text[name] += chunk;
        text.output += chunk;
      });
    }
    child.once('error', failed);
    child.once('close', (code, signal) => done({ code, signal, ...text }));
  });
}

/** A command that goes on. */
export interface Running {
  readonly pid: number;
  /** Resolves when what it printed matches; rejects when it ends before. */
  saw(pattern: RegExp): Promise<string>;
  /** To npm alone, as a supervisor would; `group` for what a terminal does. */
  signal(signal: NodeJS.Signals, to?: 'npm' | 'group'): void;
  readonly ended: Promise<Ran>;
}

/** Starts `npm run -s COMMAND -- ARGS` without a terminal, in a process group of its own. */
export function startNpm(project: Project, command: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn('npm', ['run', '-s', command, ...(args.length === 0 ? [] : ['--', ...args])], {
    cwd: project.directory,
    env: { ...project.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const text = { stdout: '', stderr: '', output: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      text.output += chunk;
      for (const watcher of watchers) watcher();
    });
  }
  const ended = new Promise<Ran>((done) => { child.once('close', (code, signal) => done({ code, signal, ...text })); });
  const pid = child.pid ?? 0;
  return {
    pid,
    ended,
    signal: (signal, to = 'npm') => { process.kill(to === 'group' ? -pid : pid, signal); },
    saw: (pattern) => new Promise((seen, failed) => {
      const missing = (why: string): void => failed(new Error(`${why} before ${pattern} was seen:\n${text.output}`));
      const patience = setTimeout(() => missing('A minute passed'), 60_000);
      const look = (): void => {
        const match = pattern.exec(text.output);
        if (match === null) return;
        clearTimeout(patience);
        watchers.delete(look);
        seen(match[0]);
      };
      watchers.add(look);
      look();
      child.once('close', () => {
        clearTimeout(patience);
        missing('It ended');
      });
    }),
  };
}
