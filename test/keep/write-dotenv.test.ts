import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitState } from '../../scripts/git/git';
import { writeDotenv, writeDotenvTemplate } from '../../scripts/keep/write-dotenv';

let project: string;
let questions: string[];
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'takeoff-dotenv-'));
  questions = [];
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: project });
const git = (...args: string[]): void => { execFileSync('git', args, { cwd: project, env: environment() }); };
const values = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: null, AWS_DEFAULT_REGION: 'us-west-2' };
const text = (name: string): string => readFileSync(join(project, name), 'utf8');

function init(answer: boolean): Omit<Parameters<typeof writeDotenv>[0], 'values'> {
  return {
    projectDirectory: project,
    git: () => gitState(project, environment()),
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
  };
}

test('where git ignores it nothing is asked', async () => {
  git('init', '-q');
  writeFileSync(join(project, '.gitignore'), '.env\n');
  expect(await writeDotenv({ ...init(false), values })).toBe(join(project, '.env'));
  expect(text('.env')).toBe('AWS_ACCESS_KEY_ID=id\nAWS_SECRET_ACCESS_KEY=secret\nAWS_DEFAULT_REGION=us-west-2\n');
  expect(questions).toEqual([]);
});

test('where git tracks it nothing is written, though .gitignore names it', async () => {
  git('init', '-q');
  writeFileSync(join(project, '.env'), 'A=1\n');
  git('add', '.env');
  writeFileSync(join(project, '.gitignore'), '.env\n');
  await expect(writeDotenv({ ...init(true), values })).rejects.toMatchObject({ code: 'ENV_FILE_TRACKED' });
  expect(text('.env')).toBe('A=1\n');
});

test('where git does not ignore it the line is offered first', async () => {
  git('init', '-q');
  await expect(writeDotenv({ ...init(false), values })).rejects.toMatchObject({ code: 'ENV_FILE_NOT_IGNORED' });
  expect([existsSync(join(project, '.env')), existsSync(join(project, '.gitignore'))]).toEqual([false, false]);
  await writeDotenv({ ...init(true), values });
  expect(text('.gitignore')).toBe('.env\n');
  expect(text('.env')).toContain('AWS_SECRET_ACCESS_KEY=secret\n');
});

test('a rule that takes it back is noticed', async () => {
  git('init', '-q');
  execFileSync('mkdir', ['-p', join(project, 'app')]);
  writeFileSync(join(project, 'app/.gitignore'), '!.env\r\n');
  const projectDirectory = join(project, 'app');
  await writeDotenv({ ...init(true), projectDirectory, git: () => gitState(projectDirectory, environment()), values });
  expect(readFileSync(join(projectDirectory, '.gitignore'), 'utf8')).toBe('!.env\r\n.env\r\n');
});

test('without a repository it is written after asking', async () => {
  await expect(writeDotenv({ ...init(false), values })).rejects.toMatchObject({ code: 'ENV_FILE_NOT_IGNORED' });
  await writeDotenv({ ...init(true), values });
  expect(questions).toHaveLength(2);
  expect(text('.env')).toContain('AWS_ACCESS_KEY_ID=id\n');
});

test('the template keeps what is there', async () => {
  git('init', '-q');
  writeFileSync(join(project, '.gitignore'), '.env\n');
  writeFileSync(join(project, '.env'), 'AWS_SECRET_ACCESS_KEY=mine');
  await writeDotenvTemplate({ ...init(false), names: Object.keys(values) });
  expect(text('.env')).toBe('AWS_SECRET_ACCESS_KEY=mine\nAWS_ACCESS_KEY_ID=\nAWS_SESSION_TOKEN=\nAWS_DEFAULT_REGION=\n');
});
