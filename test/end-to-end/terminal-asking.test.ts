import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notice } from '../../scripts/terminal/guide-words';
import { longTerm, temporary } from '../terminal/conversation';
import { startFakeSts, type FakeSts } from '../terminal/fake-sts';
import type { PseudoTerminal, Size } from '../terminal/pseudo-terminal';
import { answer, asks, atTerminal, closeAll, colours, ended, inShell } from './at-terminal';
import { makeProject, type Project } from './project';

// A person before the real commands, in a real terminal, with nothing configured. AWS is a server that checks signatures.

jest.setTimeout(240_000);

let project: Project;
let sts: FakeSts;
const terminals: PseudoTerminal[] = [];

beforeAll(async () => {
  project = makeProject();
  sts = await startFakeSts({ [longTerm.id]: { secret: longTerm.secret }, [temporary.id]: { secret: temporary.secret, token: temporary.token } });
});

afterEach(async () => {
  sts.breakDown(false);
  await closeAll(terminals, [longTerm.secret, temporary.secret, temporary.token]);
  rmSync(join(project.directory, '.env'), { force: true });
  rmSync(join(project.home, '.aws'), { recursive: true, force: true });
});

afterAll(async () => {
  await sts.close();
  project.remove();
});

function start(command: string, environment: Readonly<Record<string, string>> = {}, size: Partial<Size> = {}): PseudoTerminal {
  const terminal = atTerminal(project, command, { AWS_ENDPOINT_URL: sts.url, ...environment }, size);
  terminals.push(terminal);
  return terminal;
}

const toId = [asks.menu, '1\r'] as const;
const toSecret = [toId, [asks.id, `${longTerm.id}\r`]] as const;
const toToken = [...toSecret, [asks.secret, `${longTerm.secret}\r`]] as const;
const toRegion = [...toToken, [asks.token, '\r']] as const;
const toKeep = [...toRegion, [asks.region, '\r']] as const;
const toGoOn = [...toKeep, [asks.keep, '\r']] as const;

const profileFiles = (): void => {
  mkdirSync(join(project.home, '.aws'));
  writeFileSync(join(project.home, '.aws/credentials'), `[work]\naws_access_key_id = ${longTerm.id}\naws_secret_access_key = ${longTerm.secret}\n`);
  writeFileSync(join(project.home, '.aws/config'), '[profile work]\nregion = us-west-2\n');
};

test('a .env that git would take along, and others could read, is offered to be mended, and then used', async () => {
  const [ignore, dotenv] = ['.gitignore', '.env'].map((name) => join(project.directory, name)) as [string, string];
  const before = readFileSync(ignore, 'utf8');
  writeFileSync(ignore, 'node_modules/\ncdk.out/\n.takeoff/');
  writeFileSync(dotenv, `AWS_ACCESS_KEY_ID=${longTerm.id}\nAWS_SECRET_ACCESS_KEY=${longTerm.secret}\nAWS_DEFAULT_REGION=us-west-2\n`, { mode: 0o644 });
  try {
    const terminal = start('preflight', {}, { columns: 120 });
    await answer(terminal, [/Add the line "\.env" to \.gitignore\? \(y\/N\) *$/, 'y\r'], [/Let only you\? \(Y\/n\) *$/, '\r']);
    const { screen } = await ended(terminal);
    for (const line of ['✔ credentials    .env: AKIA…VV7A', '✔ gitignore      git ignores .env', '✔ env-file       .env is yours alone']) expect(screen).toContain(line);
    expect([readFileSync(ignore, 'utf8'), statSync(dotenv).mode & 0o777]).toEqual(['node_modules/\ncdk.out/\n.takeoff/\n.env\n', 0o600]);
  } finally {
    writeFileSync(ignore, before);
  }
});

test('choice 1: a wrong secret, then the right one; they are kept nowhere, and Enter is no deploy', async () => {
  const terminal = start('preflight', {}, { columns: 120 });
  await answer(terminal, ...toSecret, [asks.secret, `${longTerm.secret.slice(0, -1)}x\r`], [asks.token, '\r'], [asks.region, '\r']);
  await answer(terminal, [/INVALID_SECRET/, ''], [asks.secretAgain, `${longTerm.secret}\r`], [asks.keep, '\r'], [asks.goOn, '\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toContain(`\n${notice}\n`);
  for (const line of ['✔ credentials    typed credentials: AKIA…VV7A', '✔ region         us-west-2 (prompt)', '✔ identity       arn:aws:iam::123456789012:user/dev', '  npm run deploy -- --region us-west-2']) {
    expect(screen).toContain(line);
  }
  expect(screen).not.toContain('Plan: deploy');
  expect(existsSync(join(project.directory, '.env'))).toBe(false);
});

test('choice 1 with temporary credentials, pasted as the console gives them; where the locale is none of UTF-8 all is ASCII', async () => {
  const terminal = start('preflight', { LC_ALL: 'C' });
  await answer(terminal, toId);
  await terminal.waitFor(asks.id);
  terminal.paste(`export AWS_ACCESS_KEY_ID="${temporary.id}"\nexport AWS_SECRET_ACCESS_KEY="${temporary.secret}"\nexport AWS_SESSION_TOKEN="${temporary.token}"\n`);
  await answer(terminal, [asks.region, '\r'], [asks.keep, '\r'], [asks.goOn, 'n\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toMatch(/^ok +credentials +typed credentials: ASIA\.\.\.\w{4}$/m);
  expect(terminal.written().match(/[^\0-\u007F]/g)).toBeNull();
});

test('choice 2: a profile of the list; the next command names it', async () => {
  profileFiles();
  const terminal = start('preflight');
  await answer(terminal, [asks.menu, '2\r']);
  expect(await terminal.waitFor(asks.profile)).toMatch(/work {2}ready {2}\d{12} {2}us-west-2\n/);
  terminal.type('\r');
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toContain('✔ credentials    profile work: AKIA…VV7A');
  expect(screen).toContain('  npm run deploy -- --profile work');
});

test('choice 3: asked, proved and written to .env, for its owner alone; the next run finds them there', async () => {
  const terminal = start('preflight');
  sts.whenAskedForBootstrap(() => terminal.type('typed-between\r'));
  await answer(terminal, [asks.menu, '3\r'], [asks.dotenv, '1\r'], ...toGoOn.slice(1, -1), [/Kept in \.env/, ''], [asks.goOn, '\r']);
  expect(await ended(terminal)).toMatchObject({ code: 0, screen: expect.stringContaining('✔ env-file       .env is yours alone') as string });
  expect(readFileSync(join(project.directory, '.env'), 'utf8')).toBe(`AWS_ACCESS_KEY_ID=${longTerm.id}\nAWS_SECRET_ACCESS_KEY=${longTerm.secret}\nAWS_DEFAULT_REGION=us-west-2\n`);
  expect(statSync(join(project.directory, '.env')).mode & 0o777).toBe(0o600);
  expect(terminal.written()).not.toContain('typed-between');
  const next = start('preflight');
  const { code, screen } = await ended(next);
  expect(code).toBe(0);
  expect(screen).toContain('✔ credentials    .env: AKIA…VV7A');
});

test('choice 3: the four names, empty, for an editor; 3, and the command to run then', async () => {
  const terminal = start('preflight');
  await answer(terminal, [asks.menu, '3\r'], [asks.dotenv, '2\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(3);
  expect(screen.replaceAll(/\s+/g, ' ')).toContain('then run: npm run preflight');
  expect(readFileSync(join(project.directory, '.env'), 'utf8')).toBe('AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=\nAWS_SESSION_TOKEN=\nAWS_DEFAULT_REGION=\n');
  expect(statSync(join(project.directory, '.env')).mode & 0o777).toBe(0o600);
});

test('choice 4: the local AWS, with nothing proved elsewhere', async () => {
  const before = sts.asked();
  const terminal = start('preflight');
  await answer(terminal, [asks.menu, '4\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toContain('  npm run deploy -- --local');
  expect(sts.asked()).toBe(before);
});

test('a region that is missing is asked, with the one that was meant', async () => {
  const keys = { AWS_ACCESS_KEY_ID: longTerm.id, AWS_SECRET_ACCESS_KEY: longTerm.secret };
  const terminal = start('preflight', keys);
  await answer(terminal, [asks.region, 'us-esat-1\r'], [/Did you mean\s+us-east-1\?\n\? AWS_DEFAULT_REGION: \(us-east-1\) *$/, '\r']);
  const { code, screen } = await ended(terminal);
  expect(code).toBe(0);
  expect(screen).toContain('✔ region         us-east-1 (prompt)');
});

describe('Ctrl-C', () => {
  const questions = [
    ['the menu', [], asks.menu], ['the id', [toId], asks.id], ['the secret', toSecret, asks.secret], ['the token', toToken, asks.token],
    ['the region', toRegion, asks.region], ['the keeping', toKeep, asks.keep], ['going on', toGoOn, asks.goOn],
    ['.env', [[asks.menu, '3\r']], asks.dotenv], ['the profiles', [[asks.menu, '2\r']], asks.profile],
  ] as const;

  test.each(questions)('at the question for %s is 130 and one calm line', async (_, steps, question) => {
    profileFiles();
    const terminal = start('preflight');
    await answer(terminal, ...steps, [question, '\u0003']);
    const { code, screen } = await ended(terminal);
    expect(code).toBe(130);
    expect(screen).toMatch(/\nInterrupted \(Ctrl-C\)\.\nAFTER/);
    expect(terminal.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.written().lastIndexOf('\u001b[?25l'));
    expect(terminal.written().lastIndexOf('\u001b[?2004l')).toBeGreaterThan(terminal.written().lastIndexOf('\u001b[?2004h'));
  });

  test('while STS is asked', async () => {
    sts.breakDown(true);
    const terminal = start('preflight');
    await answer(terminal, ...toKeep, [/Asking AWS STS/, '\u0003']);
    expect(await ended(terminal)).toMatchObject({ code: 130 });
  });
});

test('Ctrl-Z gives the terminal to the shell, and fg asks again', async () => {
  const shell = inShell(project, 'set -m; npm run -s preflight; stty -a | grep -o -- "-\\?\\becho\\b"; echo STOPPED; fg', { AWS_ENDPOINT_URL: sts.url });
  terminals.push(shell);
  await answer(shell, ...toSecret, [asks.secret, 'abc'], [/\*\*\* *$/, '\u001a'], [/\necho\nSTOPPED\n[^]*\? AWS_SECRET_ACCESS_KEY: *$/, `${longTerm.secret}\r`]);
  await answer(shell, [asks.token, '\r'], [asks.region, '\r'], [asks.keep, '\r'], [asks.goOn, '\r']);
  expect(await ended(shell)).toMatchObject({ code: 0 });
});

describe('windows', () => {
  test('of 40 columns show every word of it, whole', async () => {
    const terminal = start('preflight', {}, { columns: 40 });
    await answer(terminal, ...toGoOn, [asks.goOn, '\r']);
    const { code, screen } = await ended(terminal);
    expect(code).toBe(0);
    const text = screen.replaceAll(/\s+/g, ' ');
    for (const words of [notice.replaceAll(/\s+/g, ' '), 'Never commit them to git.', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set', 'arn:aws:iam::123456789012:user/dev']) {
      expect(text).toContain(words);
    }
  });

  test('without colour with NO_COLOR, and with colour without it', async () => {
    const plain = start('preflight', { NO_COLOR: '1' });
    await answer(plain, ...toGoOn, [asks.goOn, '\r']);
    await ended(plain);
    expect(colours(plain)).toEqual([]);
    const coloured = start('preflight');
    await answer(coloured, [asks.menu, '\u0003']);
    await ended(coloured);
    expect(colours(coloured)).not.toEqual([]);
  });
});
