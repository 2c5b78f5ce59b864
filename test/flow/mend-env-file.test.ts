import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mendEnvFile } from '../../scripts/flow/mend-env-file';
import { gitState } from '../../scripts/git/git';
import { tighten } from '../../scripts/keep/tighten';
import { runFor } from './run-for-test';

let project: string;
let asked: string[];
let said: string[];
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-mend-')));
  asked = [];
  said = [];
  git('init', '-q');
  writeFileSync(join(project, '.gitignore'), 'dist');
  writeFileSync(join(project, '.env'), 'A=1\n');
  chmodSync(join(project, '.env'), 0o600);
});
afterEach(() => rmSync(project, { recursive: true }));

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: project });

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: project, env: environment() });
}

async function mend(answer: boolean, canAsk = true, meanwhile = (): void => undefined): Promise<void> {
  const run = runFor('preflight', [], project);
  const screen = { ...run.screen, line: (text = '') => { said.push(text); } };
  try {
    await mendEnvFile({ ...run, screen, canAsk, surroundings: { ...run.surroundings, environment: environment() } }, ({ message, default: otherwise }) => {
      asked.push(`${message} ${otherwise ? 'Y/n' : 'y/N'}`);
      meanwhile();
      return Promise.resolve(answer);
    });
  } finally {
    run.interruption.stop();
  }
}

const ignoreLines = (): string => readFileSync(join(project, '.gitignore'), 'utf8');
const mode = (): number => statSync(join(project, '.env')).mode & 0o777;

test('a line for .gitignore is offered, on a line of its own, with no as the default', async () => {
  await mend(false);
  expect([asked, ignoreLines()]).toEqual([['git does not ignore .env, and could take along what is in it. Add the line ".env" to .gitignore? y/N'], 'dist']);
  await mend(true);
  expect(ignoreLines()).toBe('dist\n.env\n');
  expect(await gitState(project, environment())).toMatchObject({ ignored: true });
  await mend(true);
  expect(asked).toHaveLength(2);
});

test('a file that others can read is offered to be tightened, with yes as the default', async () => {
  writeFileSync(join(project, '.gitignore'), '.env\n');
  chmodSync(join(project, '.env'), 0o644);
  await mend(false);
  expect([asked, mode()]).toEqual([['Other users of this machine can read or change .env (mode 0644). Let only you? Y/n'], 0o644]);
  await mend(true);
  expect(mode()).toBe(0o600);
});

test('for a link nothing is offered that would only fail', async () => {
  writeFileSync(join(project, '.gitignore'), '.env\ntarget\n');
  writeFileSync(join(project, 'target'), 'A=1\n');
  chmodSync(join(project, 'target'), 0o644);
  rmSync(join(project, '.env'));
  symlinkSync('target', join(project, '.env'));
  await mend(true);
  expect([asked, statSync(join(project, 'target')).mode & 0o777]).toEqual([[], 0o644]);
  await expect(tighten(join(project, '.env'))).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: `The mode of ${join(project, '.env')} cannot be changed (it is a symbolic link).` });
});

test('where the file belongs to another user nothing is offered that would only fail, and where it fails all the same the run goes on', async () => {
  writeFileSync(join(project, '.gitignore'), '.env\n');
  chmodSync(join(project, '.env'), 0o644);
  const getuid = jest.spyOn(process, 'getuid').mockReturnValue(statSync(join(project, '.env')).uid + 1);
  try {
    await mend(true);
  } finally {
    getuid.mockRestore();
  }
  expect([asked, said, mode()]).toEqual([[], [], 0o644]);
  await mend(true, true, () => rmSync(join(project, '.env')));
  expect(said).toEqual([`The mode of ${join(project, '.env')} cannot be changed (ENOENT).`]);
});

test('nobody is asked where nobody can be, where there is none, and where git tracks it', async () => {
  await mend(true, false);
  git('add', '.env');
  await mend(true);
  git('rm', '-q', '--cached', '.env');
  rmSync(join(project, '.env'));
  await mend(true);
  expect([asked, ignoreLines()]).toEqual([[], 'dist']);
});
