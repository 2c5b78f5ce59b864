import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, refusal, session, startFakeSts, type FakeSts } from '../identity/fake-sts';
import { startInTerminal, type PseudoTerminal } from '../terminal/pseudo-terminal';
import { makeProject, npmRun, type Project } from './project';

// A role that wants an MFA code, in a real terminal, with the real command.

jest.setTimeout(90_000);

const serial = 'arn:aws:iam::123456789012:mfa/dev';
const assumed = { accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-mfa-session', sessionToken: 'the-token-of-the-mfa-session' };

let project: Project;
let sts: FakeSts;
let environment: Readonly<Record<string, string>>;
const opened: PseudoTerminal[] = [];

beforeEach(async () => {
  project = makeProject();
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/config'), `[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = base\nmfa_serial = ${serial}\nregion = eu-west-1\n[profile base]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = ${'0'.repeat(40)}\n`);
  sts = await startFakeSts((request, response) => {
    if (request.parameters.get('TokenCode') === '654321') opened.at(-1)?.type('424242\r');
    const right = request.parameters.get('TokenCode') === '123456';
    const answer = request.action === 'GetCallerIdentity' ? identity() : right ? session(assumed, new Date(Date.now() + 3_600_000)) : refusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.');
    answer(request, response);
  });
  environment = { ...project.environment, AWS_ENDPOINT_URL_STS: sts.origin, AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9' };
});
afterEach(async () => {
  for (const terminal of opened.splice(0)) await terminal.close();
  await sts.close();
  project.remove();
});

function preflight(...options: readonly string[]): PseudoTerminal {
  const terminal = startInTerminal('npm', ['run', '-s', 'preflight', '--', ...options], { env: environment, cwd: project.directory, columns: 100 });
  opened.push(terminal);
  return terminal;
}

const assumedWith = (): (string | null)[] => sts.requests.filter(({ action }) => action === 'AssumeRole').map(({ parameters }) => parameters.get('TokenCode'));

test('it is asked for, again where it is too short or refused, and the next command asks nobody', async () => {
  const first = preflight('--profile', 'dev');
  await first.waitFor(/MFA code of arn:aws:iam::123456789012:mfa\/dev:/);
  first.type('12345\r');
  await first.waitFor(/A code has six digits[^]*MFA code of arn:\S+: *$/); // what is typed before the question is asked is dropped
  first.type('654321\r');
  await first.waitFor(/AWS refused that code[^]*MFA code of arn:\S+: *$/);
  first.type('123456\r');
  await first.waitFor(/ASIA…UMED/);
  await first.exit;
  expect(first.written()).not.toMatch(/424242|A code has six digits[^]*A code has six digits/); // typed while the first was asked of AWS
  expect(assumedWith()).toEqual(['654321', '123456']);
  const second = await npmRun(project, 'preflight', ['--json', '--profile', 'dev'], environment);
  expect(JSON.parse(second.stdout)).toMatchObject({ credentials: { source: 'profile', accessKeyId: 'ASIA…UMED' } });
  expect(assumedWith()).toHaveLength(2);
});

test('Ctrl-C at the question ends it calmly', async () => {
  const terminal = preflight('--profile', 'dev');
  await terminal.waitFor(/MFA code of/);
  terminal.type('\u0003');
  expect((await terminal.exit).code).toBe(130);
  expect(assumedWith()).toEqual([]);
});

test('for a profile that is picked from the list it is asked for in the same conversation', async () => {
  const terminal = preflight();
  await terminal.waitFor(/Would you like to:/);
  terminal.type('2\r');
  await terminal.waitFor(/Which profile\?[^]*dev {3}MFA code needed/);
  terminal.type('123456789012');
  await terminal.waitFor(/123456789012\n. dev[^\n]*\n {2}Back/);
  terminal.type('\r');
  await terminal.waitFor(/MFA code of arn:aws:iam::123456789012:mfa\/dev: *$/);
  terminal.type('654321\r');
  await terminal.waitFor(/AWS refused that code[^]*MFA code of [^\n]*: *$/);
  terminal.type('123456\r');
  await terminal.waitFor(/ASIA…UMED/);
  await terminal.exit;
  expect(assumedWith()).toEqual(['654321', '123456']);
});

test('Ctrl-C at that question ends the run as well, and gives the terminal back', async () => {
  const terminal = preflight();
  await terminal.waitFor(/Would you like to:/);
  terminal.type('2\r');
  await terminal.waitFor(/Which profile\?[^]*dev {3}MFA code needed/);
  terminal.type('dev');
  await terminal.waitFor(/dev\n. dev[^\n]*\n {2}Back/);
  terminal.type('\r');
  await terminal.waitFor(/MFA code of arn/);
  terminal.type('\u0003');
  expect((await terminal.exit).code).toBe(130);
  expect(terminal.screen()).toContain('Interrupted (Ctrl-C).');
});

test('without a terminal nobody is asked', async () => {
  const ran = await npmRun(project, 'preflight', ['--json', '--profile', 'dev'], environment);
  expect(JSON.parse(ran.stdout)).toMatchObject({ exitCode: 3, error: { code: 'MFA_REQUIRED' } });
  expect(sts.requests).toEqual([]);
});
