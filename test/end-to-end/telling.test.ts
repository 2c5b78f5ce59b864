import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeProject, npmRun, type Project } from './project';

// What the real commands say in place of a run. cdk.json is broken, and AWS is nowhere: neither is needed for it.

jest.setTimeout(90_000);

const secret = ['Zk3bq9tJmXw0VYc5rQnL', 'h7sPfEaUd1oGi8xT2yRu'].join(''); // no pair stands in the repository

let project: Project;

beforeAll(() => {
  project = makeProject();
  writeFileSync(join(project.directory, 'cdk.json'), '{ "app": ');
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/credentials'), `[work]\naws_access_key_id = ASIAY34FZKBOKMUTVV7A\naws_secret_access_key = ${secret}\naws_session_token = ${secret}${secret}\n`);
  writeFileSync(join(project.home, '.aws/config'), '[profile lonely]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = nobody\n');
});

afterAll(() => { project.remove(); });

test('--list-profiles --json: one object, without a value of a credential', async () => {
  const { code, stdout } = await npmRun(project, 'deploy', ['--list-profiles', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    profiles: [
      { name: 'lonely', kind: 'role', account: '123456789012', region: null, role: 'deployer', mfa: false, state: 'unusable', until: null, why: expect.stringContaining('source_profile = nobody') as string },
      { name: 'work', kind: 'keys', account: '609629065308', region: null, role: null, mfa: false, state: 'unknown', until: null, why: 'nobody says when its session ends' },
    ],
    warnings: [],
  });
  expect(stdout).toMatch(/^[^\n]*\n$/);
  expect(stdout).not.toContain(secret);
  expect(code).toBe(0);
});

test('--list-profiles in a pipe: a plain table on standard output, what is wrong with a file on standard error', async () => {
  const path = join(project.directory, 'config');
  mkdirSync(path);
  const { code, stdout, stderr } = await npmRun(project, 'preflight', ['--list-profiles'], { AWS_CONFIG_FILE: path });
  expect(stdout).toBe('profile  kind  account       region  role  MFA  state\nwork     keys  609629065308  -       -     -    not known\n');
  expect(stderr).toContain(`The AWS file ${path} is a directory, not a file.`);
  expect(code).toBe(0);
});

test('a page of help, and an explanation, in a locale that is none of UTF-8: ASCII alone', async () => {
  const [help, explained] = await Promise.all([npmRun(project, 'deploy', ['--help'], { LANG: 'C' }), npmRun(project, 'deploy', ['--explain', 'WRONG_ACCOUNT', '--json'], { LANG: 'C' })]);
  expect(help.stdout).toMatch(/^Usage: npm run deploy \[-- STACKS\.\.\. OPTIONS\]\n[\0-\u007F]*$/);
  expect(explained.stdout).toMatch(/^[\0-\u007F]*$/);
  expect(JSON.parse(explained.stdout)).toMatchObject({ fix: expect.arrayContaining([expect.stringContaining('npm run bootstrap … --trust')]) as string[] });
});

test('--explain, of any command and in any case', async () => {
  const { code, stdout } = await npmRun(project, 'local', ['--explain', 'Bad_Config_File']);
  expect(stdout).toMatch(/^BAD_CONFIG_FILE \(exit code 2\)\n[^]*\nWhy: [^]*\n-> /);
  expect(code).toBe(0);
});

test('--explain of nothing that there is: the report of --json, with the nearest name', async () => {
  const { code, stdout } = await npmRun(project, 'preflight', ['--json', '--explain', 'expire']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, exitCode: 2, error: { code: 'USAGE', message: '--explain does not know expire. The nearest is expiry.' } });
  expect(code).toBe(2);
});
