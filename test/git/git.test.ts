import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitState } from '../../scripts/git/git';

let directory: string;
beforeEach(() => { directory = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-git-'))); });
afterEach(() => { rmSync(directory, { recursive: true }); });

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: directory });

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
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: true });
  git('rm', '-q', '--cached', '.env');
  writeFileSync(join(directory, '.gitignore'), '.env\n');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: true, tracked: false });
});

test('what was added all the same is tracked, and not ignored', async () => {
  git('init', '-q');
  writeFileSync(join(directory, '.gitignore'), '.env\n');
  writeFileSync(join(directory, '.env'), 'A=1\n');
  git('add', '--force', '.env');
  expect(await gitState(directory, environment())).toEqual({ kind: 'repository', ignored: false, tracked: true });
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
