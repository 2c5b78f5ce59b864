import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, session, startFakeSts, type FakeSts } from '../identity/fake-sts';
import { startIdentityCenter, type IdentityCenter } from '../login/fake-identity-center';
import type { PseudoTerminal } from '../terminal/pseudo-terminal';
import { answer, asks, closeAll, ended, launchAtTerminal } from './at-terminal';
import { makeProject, npmRun, type Project } from './project';

// A person whose login has ended, in a real terminal, with the real command: with a browser, without, and with the AWS CLI.

jest.setTimeout(180_000);

let project: Project;
let center: IdentityCenter;
let sts: FakeSts;
let bin: string;
let environment: Readonly<Record<string, string>>;
const terminals: PseudoTerminal[] = [];

const asksToLogInToOld = /\? Log in to https:\/\/old\.awsapps\.com\/start\s+now\?\s+\(Y\/n\) *$/;
const asksToLogIn = /\? Log in to https:\/\/acme\.awsapps\.com\/start\s+now\?\s+\(Y\/n\) *$/;

beforeAll(() => {
  project = makeProject();
  bin = join(project.home, 'bin');
  mkdirSync(bin);
  mkdirSync(join(project.home, '.aws'));
});
beforeEach(async () => {
  center = await startIdentityCenter();
  const assumed = session({ accessKeyId: 'ASIAQYLPMN5HHASSUMED', secretAccessKey: 'the-secret-of-the-assumed-role', sessionToken: 'the-token-of-the-assumed-role' }, new Date(Date.now() + 3_600_000));
  sts = await startFakeSts((request, response) => { (request.action === 'AssumeRole' ? assumed : identity())(request, response); });
  rmSync(join(project.home, '.aws'), { recursive: true });
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/config'), `[profile dev]\nsso_session = acme\nsso_account_id = 123456789012\nsso_role_name = deployer\nregion = eu-west-1\n[sso-session acme]\nsso_start_url = ${center.startUrl}\nsso_region = eu-west-1\n[profile old]\nsso_start_url = https://old.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = deployer\nregion = eu-west-1\n[profile role]\nrole_arn = arn:aws:iam::123456789012:role/deployer\nsource_profile = old\nregion = eu-west-1\n[profile cli]\nlogin_session = arn:aws:iam::123456789012:user/dev\nregion = eu-west-1\n`);
  program('aws', 'process.exit(1);'); // not the AWS CLI: whichever this machine has is hidden behind it
  environment = {
    PATH: `${bin}:${project.environment['PATH'] ?? ''}`,
    BROWSER: program('browser', 'fetch(process.argv[2]).then((answer) => answer.text());'),
    AWS_ENDPOINT_URL_SSO: center.origin,
    AWS_ENDPOINT_URL_SSO_OIDC: center.origin,
    AWS_ENDPOINT_URL_STS: sts.origin,
    AWS_ENDPOINT_URL_SSM: 'http://127.0.0.1:9',
  };
});
afterEach(async () => {
  await closeAll(terminals, center.secrets);
  await center.close();
  await sts.close();
});
afterAll(() => project.remove());

/** A program on PATH, as Node runs it. */
function program(name: string, text: string): string {
  const path = join(bin, name);
  writeFileSync(path, `#!${process.execPath}\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

function preflight(more: Readonly<Record<string, string>> = {}, profile = 'dev'): PseudoTerminal {
  const terminal = launchAtTerminal(project, `preflight -- --profile ${profile}`, { ...environment, ...more }, { columns: 100 });
  terminals.push(terminal);
  return terminal;
}

const paths = (): string[] => center.calls.map(({ path }) => path);
const cacheFile = (): string => join(project.home, '.aws/sso/cache', `${createHash('sha1').update('acme').digest('hex')}.json`);

test('Enter opens the browser, which comes back; the proof is done again, and the next run asks nobody', async () => {
  const terminal = preflight();
  await answer(terminal, [asksToLogIn, '\r']);
  const { screen } = await ended(terminal);
  expect(screen).toMatch(/has expired, or there was no login yet\.\n[^]*The page to log in at opens in your browser[^]*\/authorize\?[^]*✔ Logged in\. [^]*profile dev: ASIA…ROLE/);
  expect(terminal.written()).toMatch(/Waiting for the browser … (?:10:00|9:\d\d) left, Ctrl-C stops/);
  expect(screen).not.toContain('Waiting for');
  expect(paths().slice(0, 4)).toEqual(['/client/register', '/authorize', '/token', '/federation/credentials']);
  const { code, stdout } = await npmRun(project, 'preflight', ['--json', '--profile', 'dev'], environment);
  expect([code, JSON.parse(stdout)]).toEqual([expect.any(Number), expect.objectContaining({ credentials: expect.objectContaining({ accessKeyId: 'ASIA…ROLE' }) as object })]);
});

test('a login that has ended is made anew, and how long it lasts is read again', async () => {
  const old = createHash('sha1').update('https://old.awsapps.com/start').digest('hex');
  mkdirSync(join(project.home, '.aws/sso/cache'), { recursive: true });
  writeFileSync(join(project.home, `.aws/sso/cache/${old}.json`), JSON.stringify({ startUrl: 'https://old.awsapps.com/start', region: 'eu-west-1', accessToken: 'a-token-that-has-ended', expiresAt: '2020-01-02T03:04:05Z' }));
  const terminal = preflight({}, 'role');
  await answer(terminal, [asksToLogInToOld, '\r']);
  expect((await ended(terminal)).screen).toMatch(/profile role: ASIA…UMED[^]*✔ expiry +7 h 5\d min left/);
});

test('over SSH there is a code to compare, and no page is opened', async () => {
  center.behave({ pending: ['AuthorizationPendingException'], interval: 1 });
  const terminal = preflight({ SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' });
  await answer(terminal, [asksToLogIn, 'y\r']);
  const { screen } = await ended(terminal);
  expect(screen).toMatch(/\/device\?user_code=ABCD-EFGH\n\n[^]*only if it shows this code: ABCD-EFGH[^]*profile dev: ASIA…ROLE/);
  expect(paths()).not.toContain('/authorize');
});

test('a browser that cannot be opened leads to the code', async () => {
  const terminal = preflight({ BROWSER: program('broken', 'process.exit(3);') });
  await answer(terminal, [asksToLogIn, '\r']);
  const { screen } = await ended(terminal);
  expect(screen).toMatch(/The browser could not be opened\.[^]*ABCD-EFGH[^]*profile dev: ASIA…ROLE/);
});

test('a profile that is picked from the list is logged in to as well', async () => {
  const terminal = launchAtTerminal(project, 'preflight', environment, { columns: 100 });
  terminals.push(terminal);
  await answer(terminal, [asks.menu, '2'], [asks.menu, '\r'], [asks.profile, 'dev'], [/type to search\) dev\n/, '\r'], [asksToLogIn, '\r']);
  expect((await ended(terminal)).screen).toMatch(/✔ Logged in\.[^]*profile dev: ASIA…ROLE/);
});

test('a no is the failure with its command, and nothing was asked', async () => {
  const terminal = preflight();
  await answer(terminal, [asksToLogIn, 'n\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(3);
  expect(screen).toContain('aws sso login --profile dev');
  expect(paths()).toEqual([]);
});

test('Ctrl-C while the browser is waited for ends it calmly', async () => {
  const terminal = preflight({ BROWSER: program('asleep', '') });
  await answer(terminal, [asksToLogIn, '\r'], [/Waiting for the browser/, '\u0003']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(130);
  expect(screen).toMatch(/^Interrupted \(Ctrl-C\)\.$/m);
  expect(existsSync(cacheFile())).toBe(false);
});

test('a page that another login sends back to is refused, and the terminal goes on waiting', async () => {
  center.behave({ page: 'wrong state' });
  const came = join(project.home, 'came');
  const terminal = preflight({ BROWSER: program('elsewhere', `fetch(process.argv[2]).then((answer) => require('node:fs').writeFileSync(${JSON.stringify(came)}, String(answer.status)));`) });
  await answer(terminal, [asksToLogIn, '\r']);
  await terminal.waitUntil(() => existsSync(came) && readFileSync(came, 'utf8') !== '', 'the browser came back');
  expect(readFileSync(came, 'utf8')).toBe('400');
  expect(paths()).not.toContain('/token');
  terminal.type('\u0003');
  expect((await ended(terminal)).code).toBe(130);
});

test('a code that nobody takes in time ends with what to do', async () => {
  center.behave({ pending: Array.from({ length: 100 }, () => 'AuthorizationPendingException'), expiresIn: 1, interval: 1 });
  const terminal = preflight({ SSH_TTY: '/dev/pts/7' });
  await answer(terminal, [asksToLogIn, '\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(3);
  expect(screen).toMatch(/There is no login to https:\/\/acme\.awsapps\.com\/start: it was not finished in time/);
});

const log = (): string => join(project.home, 'aws-calls');

/** It logs what it was started with, and does what `aws sso login` does in the end. */
function installAwsCli(version: string, exit = 0): void {
  const token = JSON.stringify({ startUrl: center.startUrl, region: 'eu-west-1', accessToken: center.issue(), expiresAt: '2099-01-02T03:04:05Z' });
  program('aws', `
    const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
    if (process.argv[2] === '--version') {
      console.log('aws-cli/${version} Python/3.13.4 Linux/6.8 exe/x86_64');
      process.exit(0);
    }
    appendFileSync(${JSON.stringify(log())}, JSON.stringify({ args: process.argv.slice(2), names: Object.keys(process.env) }));
    console.log('Successfully logged into', process.stdout.isTTY);
    mkdirSync(${JSON.stringify(join(project.home, '.aws/sso/cache'))}, { recursive: true });
    writeFileSync(${JSON.stringify(cacheFile())}, ${JSON.stringify(token)});
    process.exit(${exit});`);
}
const called = (): { readonly args: readonly string[]; readonly names: readonly string[] } => JSON.parse(readFileSync(log(), 'utf8')) as { args: string[]; names: string[] };

describe('where the AWS CLI is installed', () => {
  afterEach(() => rmSync(log(), { force: true }));

  test('it logs in, in the same terminal, and gets no key and no profile of the shell', async () => {
    installAwsCli('2.27.1');
    const terminal = preflight({ AWS_ACCESS_KEY_ID: 'AKIAQYLPMN5HHHFPZAM2', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40), AWS_PROFILE: 'other', GITHUB_TOKEN: 'a-token-of-something-else' });
    await answer(terminal, [asksToLogIn, '\r']);
    const { screen } = await ended(terminal);
    expect(screen).toMatch(/aws sso login --profile dev\nSuccessfully logged into true\n[^]*profile dev: ASIA…ROLE/);
    const { args, names } = called();
    expect(args).toEqual(['sso', 'login', '--profile', 'dev']);
    expect(names.filter((name) => /KEY|TOKEN|PROFILE/.test(name))).toEqual([]);
    expect(names).toContain('AWS_ENDPOINT_URL_SSO_OIDC');
    expect(paths()).toEqual(['/federation/credentials']);
  });

  test('over SSH it is told to use a code', async () => {
    installAwsCli('2.27.1');
    const terminal = preflight({ SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' });
    await answer(terminal, [asksToLogIn, '\r']);
    await ended(terminal);
    expect(called().args).toEqual(['sso', 'login', '--profile', 'dev', '--use-device-code']);
  });

  test('one that cannot do it is not asked', async () => {
    installAwsCli('1.45.11');
    const terminal = preflight();
    await answer(terminal, [asksToLogIn, '\r']);
    expect((await ended(terminal)).screen).toMatch(/✔ Logged in\./);
    expect(existsSync(log())).toBe(false);
  });

  test('where its profile leads over a network unencrypted a person agrees to that first; where it fails, so does the run', async () => {
    installAwsCli('2.27.1', 255);
    const config = join(project.home, '.aws/config');
    writeFileSync(config, readFileSync(config, 'utf8').replace('[profile old]\n', '$&endpoint_url = http://192.0.2.1:4566\n'));
    const terminal = preflight({}, 'role');
    await answer(terminal, [asksToLogInToOld, '\r'], [/http:\/\/192\.0\.2\.1:4566 \(endpoint_url\s+of\s+profile\s+old\) is reached[^]*\? Send them there unencrypted\? \(y\/N\) *$/, 'y\r']);
    const { code, screen } = await ended(terminal);
    expect(code).toBe(3);
    expect(screen).toMatch(/There is no login yet: aws sso login --profile old ended with code 255\./);
  });

  test('Ctrl-C ends it and the run', async () => {
    installAwsCli('2.27.1');
    writeFileSync(join(bin, 'aws'), readFileSync(join(bin, 'aws'), 'utf8').replace(/process\.exit\(0\);\n *\}/, '$&\nconsole.log("Attempting to open"); setInterval(() => undefined, 1000); return;'));
    const terminal = preflight();
    await answer(terminal, [asksToLogIn, '\r'], [/Attempting to open/, '\u0003']);
    expect((await ended(terminal)).code).toBe(130);
  });

  test('aws login is its own affair', async () => {
    installAwsCli('2.32.0', 1);
    const terminal = preflight({}, 'cli');
    await answer(terminal, [/\? Log in to AWS for profile cli now\?\s+\(Y\/n\) *$/, '\r']);
    expect((await ended(terminal)).code).toBe(3);
    expect(called().args).toEqual(['login', '--profile', 'cli']);
  });
});

test('without a terminal nobody is asked: the exact command', async () => {
  const { code, stdout } = await npmRun(project, 'preflight', ['--json', '--profile', 'dev'], environment);
  expect([code, JSON.parse(stdout)]).toEqual([3, expect.objectContaining({ error: expect.objectContaining({ code: 'SSO_LOGIN_REQUIRED', fix: 'aws sso login --profile dev' }) as object })]);
  expect(paths()).toEqual([]);
});
