import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitState, untracking } from '../../scripts/git/git';

let directory: string;
beforeEach(() => { directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-git-'))); });
afterEach(() => { rmSync(directory, { recursive: true }); });

const who = { GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@example.com', GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@example.com' };
const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: directory, ...who });

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: directory, env: environment(), stdio: 'ignore' });
}

test('where no folder above is a repository no program is run', async () => {
  expect(await gitState(directory, { PATH: '/nowhere' })).toEqual({ kind: 'no-repository' });
});

test('ignored and tracked are told apart, staged counts as tracked', async () => {
  git('init', '-q');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: false });
  writeFileSync(join(directory, '.env'), 'A=1\n');
  git('add', '.env');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: 'staged' });
  git('rm', '-q', '--cached', '.env');
  writeFileSync(join(directory, '.gitignore'), '.env\n');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: true, tracked: false });
});

test('what was added all the same is tracked, and not ignored', async () => {
  git('init', '-q');
  writeFileSync(join(directory, '.gitignore'), '.env\n');
  writeFileSync(join(directory, '.env'), 'A=1\n');
  git('add', '--force', '.env');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: 'staged' });
  git('commit', '-qm', 'One');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: 'committed' });
});

test.each(['staged', 'committed'] as const)('the commands that take it out, where it is %s and the file was changed since', async (state) => {
  git('init', '-q');
  writeFileSync(join(directory, '.gitignore'), '.env\n');
  for (const value of ['1', '2']) {
    writeFileSync(join(directory, '.env'), `A=${value}\n`);
    git('add', '--force', '.env');
    if (state === 'committed' && value === '1') git('commit', '-qm', 'One');
  }
  writeFileSync(join(directory, '.env'), 'A=3\n');
  expect(await gitState(directory, environment())).toMatchObject({ tracked: state });
  const commands = untracking(state).split('\n').filter((line) => line.startsWith('git ')).map((line) => line.replace(/ {2,}\(.*$/, ''));
  expect(commands).toHaveLength(state === 'staged' ? 1 : 2);
  for (const command of commands) execFileSync('sh', ['-c', command], { cwd: directory, env: environment(), stdio: 'ignore' });
  expect(await gitState(directory, environment())).toMatchObject({ tracked: false, ignored: true });
  expect(execFileSync('git', ['log', '--all', '--format=', '--name-status', '-1'], { cwd: directory, env: environment(), encoding: 'utf8' })).toBe(state === 'staged' ? '' : 'D\t.env\n');
  expect(readFileSync(join(directory, '.env'), 'utf8')).toBe('A=3\n');
});

test('a project below the repository\'s top, and another file', async () => {
  git('init', '-q');
  mkdirSync(join(directory, 'apps/one'), { recursive: true });
  writeFileSync(join(directory, '.gitignore'), '.env.*\n');
  expect(await gitState(join(directory, 'apps/one'), environment(), '.env.local')).toEqual({ kind: 'repository', ignored: true, tracked: false });
});

test('the person\'s own ignore file counts', async () => {
  git('init', '-q');
  mkdirSync(join(directory, '.config/git'), { recursive: true });
  writeFileSync(join(directory, '.config/git/ignore'), '.env\n');
  expect(await gitState(directory, environment())).toMatchObject({ ignored: true });
});

test('without git, and with a repository that git cannot read, nothing is claimed', async () => {
  git('init', '-q');
  expect(await gitState(directory, { PATH: '/nowhere' })).toEqual({ kind: 'unknown', why: 'git is not installed' });
  rmSync(join(directory, '.git/HEAD'));
  expect(await gitState(directory, environment())).toMatchObject({ kind: 'unknown' });
});

test('GIT_DIR of the shell does not lead to another repository, and a file watcher of this one does not run', async () => {
  git('init', '-q');
  git('config', 'core.fsmonitor', `touch ${join(directory, 'ran')}; false`);
  expect(await gitState(directory, { ...environment(), GIT_DIR: '/nowhere' })).toMatchObject({ kind: 'repository' });
  expect(existsSync(join(directory, 'ran'))).toBe(false);
});
