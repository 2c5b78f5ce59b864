import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { longTerm, makePlace, temporary, type Place } from './conversation';
import { notice } from '../../scripts/terminal/guide-words';
import type { PseudoTerminal } from './pseudo-terminal';

let place: Place;
beforeEach(async () => { place = await makePlace(); });
afterEach(async () => { await place.close(); });

const menu = /Would you like to:\n.*1\. Provide/;
const idQuestion = /\? AWS_ACCESS_KEY_ID: *$/;
const secretQuestion = /\? AWS_SECRET_ACCESS_KEY: *$/;
const tokenQuestion = /\? AWS_SESSION_TOKEN \(Enter if none\): *$/;
const regionQuestion = /\? AWS_DEFAULT_REGION: \(us-west-2\) *$/;
const keepQuestion = /Where shall they be kept\?\n/;
const exportBlock = `export AWS_ACCESS_KEY_ID="${temporary.id}"
export AWS_SECRET_ACCESS_KEY="${temporary.secret}"
export AWS_SESSION_TOKEN="${temporary.token}"
export AWS_DEFAULT_REGION="eu-west-1"`;

/** Answers one question after the other, each once the screen shows it. */
async function answer(terminal: PseudoTerminal, ...steps: readonly (readonly [RegExp, string])[]): Promise<void> {
  for (const [question, text] of steps) {
    await terminal.waitFor(question);
    terminal.type(text);
  }
}

/** Settings of the line discipline in what `stty -a` prints. */
function flags(text: string): string[] {
  return (text.match(/(?:^|\s)-?(?:echo|icanon|isig|icrnl|opost|onlcr)\b/g) ?? []).map((flag) => flag.trim()).toSorted();
}

const toId = [menu, '1\r'] as const;
const toSecret = [toId, [idQuestion, `${longTerm.id}\r`]] as const;
const toToken = [...toSecret, [secretQuestion, `${longTerm.secret}\r`]] as const;
const toRegion = [...toToken, [tokenQuestion, '\r']] as const;
const toKeep = [...toRegion, [regionQuestion, '\r']] as const;

describe('choice 1', () => {
  test('four values, proved, kept nowhere', async () => {
    const terminal = place.start();
    await answer(terminal, ...toKeep, [keepQuestion, '\r']);
    const screen = await terminal.waitFor(/ASKED/);
    expect(screen).toContain('ASKED typed credentials us-west-2 (prompt) 123456789012');
    expect(screen).toContain('Never commit them to git.');
    expect(await terminal.exit).toEqual({ code: 0, signal: 0 });
    expect(terminal.written()).not.toContain(longTerm.secret);
    expect(place.sts.asked()).toBe(1);
  });

  test('a wrong secret is asked again, and nothing else', async () => {
    const terminal = place.start();
    await answer(terminal, ...toSecret, [secretQuestion, `${longTerm.secret.slice(1)}x\r`], [tokenQuestion, '\r'], [regionQuestion, '\r']);
    await answer(terminal, [/INVALID_SECRET[^]*Most likely the AWS_SECRET_ACCESS_KEY is wrong[^]*\? AWS_SECRET_ACCESS_KEY \(Enter keeps it\): *$/, `${longTerm.secret}\r`]);
    await answer(terminal, [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials/);
    expect(place.sts.asked()).toBe(2);
  });

  test('an unknown id is asked again', async () => {
    const terminal = place.start();
    await answer(terminal, toId, [idQuestion, `${longTerm.id.slice(0, -1)}X\r`], [secretQuestion, `${longTerm.secret}\r`], [tokenQuestion, '\r'], [regionQuestion, '\r']);
    await answer(terminal, [/Most likely the AWS_ACCESS_KEY_ID is wrong[^]*\? AWS_ACCESS_KEY_ID.*: *$/, `${longTerm.id}\r`], [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials/);
    expect(place.sts.asked()).toBe(2);
  });

  test('an outage is not blamed on the keys', async () => {
    place.sts.breakDown(true);
    const terminal = place.start();
    await answer(terminal, ...toKeep);
    await terminal.waitFor(/AWS_UNAVAILABLE[^]*Your credentials were not judged/);
    place.sts.breakDown(false);
    await answer(terminal, [/1\. Try again/, '\r'], [keepQuestion, '\r']);
    expect(await terminal.waitFor(/ASKED typed credentials/)).not.toContain('Most likely');
  });

  test('an ASIA id needs its token', async () => {
    const terminal = place.start();
    await answer(terminal, toId, [idQuestion, `${temporary.id}\r`], [secretQuestion, `${temporary.secret}\r`], [/\? AWS_SESSION_TOKEN: *$/, '\r']);
    await terminal.waitFor(/do not work\s+without their session\s+token\.\n[^]*\? AWS_SESSION_TOKEN: *$/);
    terminal.paste(temporary.token);
    await answer(terminal, [regionQuestion, '\r'], [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials/);
    expect(terminal.written()).not.toContain(temporary.token.slice(0, 40));
  });

  test('id and secret given for each other', async () => {
    const terminal = place.start();
    await answer(terminal, toId, [idQuestion, `${longTerm.secret}\r`], [/taken as the secret[^]*\? AWS_ACCESS_KEY_ID: *$/, `${longTerm.id}\r`]);
    await answer(terminal, [tokenQuestion, '\r'], [regionQuestion, `Abcdefgh${longTerm.secret.slice(8)}\r`], [/That is a key[^]*\? AWS_DEFAULT_REGION: \(us-west-2\) *$/, '\r'], [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials/);
    for (const part of ['Abcdefgh', longTerm.secret.slice(0, 8), longTerm.secret.slice(-8)]) expect(terminal.written()).not.toContain(part);
  });

  test('the example of the documentation is refused', async () => {
    const terminal = place.start();
    await answer(terminal, toId, [idQuestion, 'AKIAIOSFODNN7EXAMPLE\r']);
    await terminal.waitFor(/example from AWS's documentation[^]*\? AWS_ACCESS_KEY_ID: *$/);
    expect(place.sts.asked()).toBe(0);
  });

  test('NUL and escape sequences are refused, and the value is asked anew', async () => {
    const terminal = place.start();
    await answer(terminal, ...toSecret, [secretQuestion, `${longTerm.secret}\0x\r`]);
    await answer(terminal, [/control character[^]*\? AWS_SECRET_ACCESS_KEY: *$/, '']);
    terminal.paste(`${longTerm.secret}\u001b[31m`);
    await answer(terminal, [/control character[^]*control character[^]*\? AWS_SECRET_ACCESS_KEY: *$/, `${longTerm.secret}\r`], [tokenQuestion, '\r'], [regionQuestion, '\r'], [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials/);
    expect(place.sts.asked()).toBe(1);
  });
});

describe('pastes', () => {
  test.each([['marked', 'paste'], ['not marked by the terminal', 'type']] as const)('an export block, %s, answers all questions', async (_, how) => {
    const terminal = place.start();
    await answer(terminal, toId);
    await terminal.waitFor(idQuestion);
    terminal[how](how === 'paste' ? `${exportBlock}\n` : `${exportBlock.replaceAll('\n', '\r')}\r`);
    await terminal.waitFor(/Understood: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,\s+AWS_SESSION_TOKEN,\s+AWS_DEFAULT_REGION/);
    await answer(terminal, [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed credentials eu-west-1/);
    expect(terminal.written()).not.toContain(temporary.secret.slice(0, 20));
    expect(terminal.written()).not.toContain(temporary.token.slice(0, 20));
  });

  test('a menu takes nothing of a paste', async () => {
    const terminal = place.start();
    await terminal.waitFor(menu);
    terminal.type('Try it with this text\r');
    terminal.paste('Try it with this text\n');
    terminal.type('1');
    await answer(terminal, [/❯ 1\./, '\r']);
    expect(await terminal.waitFor(idQuestion)).toMatch(/Would you like to: Provide\s+credentials now/);
  });

  test('Enters that come with a value do not answer the next question', async () => {
    const terminal = place.start();
    await answer(terminal, toId, [idQuestion, `"${longTerm.id}"\r\r\n\r`], [secretQuestion, `${longTerm.secret}\r\r\r`], [tokenQuestion, '\r']);
    await terminal.waitFor(regionQuestion);
    expect(terminal.screen()).not.toContain('Nothing was typed');
  });
});

test('what is typed between two questions is neither shown nor taken', async () => {
  const terminal = place.start();
  place.sts.breakDown(true);
  await answer(terminal, ...toKeep);
  await terminal.waitFor(/Asking AWS STS/);
  terminal.type('typed-too-early\r');
  await terminal.waitFor(/1\. Try again/);
  expect(terminal.written()).not.toContain('typed-too-early');
  expect(terminal.screen()).not.toMatch(/✔ Your credentials were not judged/);
});

test('editing works, also where its keys come in one burst', async () => {
  const terminal = place.start();
  await answer(terminal, ...toRegion, [regionQuestion, 'us-west-3\u007f1x\u007f\u001b[D\u001b[C\r'], [keepQuestion, '\r']);
  expect(await terminal.waitFor(/ASKED/)).toContain('ASKED typed credentials us-west-1 ');
});

test('the guide\'s notice stands on the screen word for word', async () => {
  const terminal = place.start({ columns: 120 });
  await answer(terminal, toId);
  expect(await terminal.waitFor(idQuestion)).toContain(`\n${notice}\n`);
});

describe('Ctrl-C and Ctrl-D', () => {
  const questions = [['menu', [], menu], ['id', [toId], idQuestion], ['secret', toSecret, secretQuestion], ['token', toToken, tokenQuestion], ['region', toRegion, regionQuestion], ['keeping', toKeep, keepQuestion]] as const;

  test.each(questions)('at the question for the %s Ctrl-C ends with 130 and the terminal as it was', async (_, steps, question) => {
    const terminal = place.start();
    await answer(terminal, ...steps, [question, '\u0003']);
    expect(await terminal.exit).toEqual({ code: 130, signal: 0 });
    expect(terminal.screen()).toMatch(/\nFAILURE INTERRUPTED Interrupted \(Ctrl-C\)/);
    expect(terminal.written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.written().lastIndexOf('\u001b[?25l'));
    expect(terminal.written()).toContain('\u001b[?2004l');
  });

  test('afterwards the shell has its echo and its line editing again', async () => {
    const terminal = place.start({}, {}, (program) => ['sh', ['-c', `stty -a; ${program}; echo AFTER; stty -a`]]);
    await answer(terminal, ...toSecret, [secretQuestion, '\u0003']);
    await terminal.exit;
    const [before = '', after = ''] = terminal.screen().split('AFTER');
    expect(flags(after)).toEqual(flags(before));
    expect(flags(after)).toContain('echo');
  });

  test('Ctrl-D at an empty and at a begun line', async () => {
    const [empty, begun] = [place.start(), place.start()];
    await answer(empty, toId, [idQuestion, '\u0004']);
    await answer(begun, ...toSecret, [secretQuestion, 'abc'], [/: \*\*\*$/, '\u0004']);
    expect((await empty.exit).code).toBe(130);
    expect((await begun.exit).code).toBe(130);
  });

  test('Ctrl-C while STS is asked', async () => {
    place.sts.breakDown(true);
    const terminal = place.start();
    await answer(terminal, ...toKeep, [/Asking AWS STS/, '\u0003']);
    expect((await terminal.exit).code).toBe(130);
  });

  test('SIGTERM at a hidden question leaves the terminal as it was', async () => {
    const terminal = place.start();
    await answer(terminal, ...toSecret, [secretQuestion, 'abc'], [/: \*\*\*$/, '']);
    terminal.kill('SIGTERM');
    expect(await terminal.exit).toEqual({ code: 143, signal: 0 });
    expect(terminal.written()).toContain('\u001b[?2004l');
  });
});

describe('keeping', () => {
  test('in .env, readable by its owner alone', async () => {
    writeFileSync(join(place.project, '.env'), '# mine\nOTHER=1\nAWS_SESSION_TOKEN=old\n', { mode: 0o644 });
    const terminal = place.start();
    await answer(terminal, ...toKeep, [keepQuestion, '2\r']);
    await terminal.waitFor(/Kept in \.env[^]*ASKED typed credentials/);
    expect(readFileSync(join(place.project, '.env'), 'utf8')).toBe(`# mine\nOTHER=1\nAWS_ACCESS_KEY_ID=${longTerm.id}\nAWS_SECRET_ACCESS_KEY=${longTerm.secret}\nAWS_DEFAULT_REGION=us-west-2\n`);
    expect(statSync(join(place.project, '.env')).mode & 0o777).toBe(0o600);
  });

  test('in a named profile', async () => {
    const terminal = place.start();
    await answer(terminal, ...toKeep, [keepQuestion, '3\r'], [/Name of the profile: \(default\) *$/, 'no way\r'], [/no spaces[^]*Name of the profile: \(default\) *$/, 'dev\r']);
    await terminal.waitFor(/--profile\s+dev[^]*ASKED typed credentials/);
    expect(readFileSync(join(place.home, '.aws/credentials'), 'utf8')).toBe(`[dev]\naws_access_key_id = ${longTerm.id}\naws_secret_access_key = ${longTerm.secret}\n`);
    expect(readFileSync(join(place.home, '.aws/config'), 'utf8')).toBe('[profile dev]\nregion = us-west-2\n');
  });
});

function writeConfig(...profiles: readonly string[]): void {
  mkdirSync(join(place.home, '.aws'));
  writeFileSync(join(place.home, '.aws/config'), `${profiles.join('\n')}\n`);
}

describe('choice 2', () => {
  test('says how aws configure makes a profile where there is none, and goes back', async () => {
    const terminal = place.start();
    await answer(terminal, [menu, '2\r']);
    expect(await terminal.waitFor(/aws configure --profile myprofile[^]*Would you like to:\n/)).toContain('\n  aws configure\n');
  });

  const picker = /Which profile\?[^\n]*\n. \w[^]*navigate/; // its first picture has no list yet

  test('lists state, account and region, finds by them, and proves the one that is chosen', async () => {
    writeConfig(
      '[profile sso]\nsso_start_url = https://example.awsapps.com/start\nsso_account_id = 111122223333\nsso_role_name = Admin\nsso_region = us-east-1\nregion = eu-west-1',
      '[profile process]\ncredential_process = /bin/true',
      '[profile role]\nrole_arn = arn:aws:iam::444455556666:role/deploy\nsource_profile = sso',
    );
    const terminal = place.start();
    await answer(terminal, [menu, '2\r']);
    const screen = await terminal.waitFor(picker);
    expect(screen).toContain('process  not known\n');
    expect(screen).toContain('role     login needed  444455556666\n');
    expect(screen).toContain('sso      login needed  111122223333  eu-west-1\n');
    expect(screen).toContain('credential_process. Its credential_process tells when it runs\n');
    await answer(terminal, [picker, '4444'], [/search\) 4444\n. role[^\n]*\n {2}Back/, '\u007f'.repeat(4)], [/search\) ?\n. process/, 'eu-w'], [/search\) eu-w\n. sso[^\n]*\n {2}Back/, '\r']);
    await answer(terminal, [regionQuestion, '\r'], [/INVALID_ACCESS_KEY[^]*Which profile\?/, 'nothing like it'], [/like it\n. Back\n/, '\r']); // the keys are unknown to STS
    await terminal.waitFor(/search\) Back[^]*Would you like to:\n/);
  });

  test('a pasted name is searched for, and its Enter chooses nothing; a pasted key is no name', async () => {
    writeConfig('[profile a]\ncredential_process = /bin/true', '[profile b]\ncredential_process = /bin/true');
    const terminal = place.start();
    await answer(terminal, [menu, '2\r'], [picker, '']);
    terminal.paste(exportBlock);
    terminal.paste('b\n');
    await answer(terminal, [/search\) b\n. b {2}not known\n {2}Back/, '\r']);
    await terminal.waitFor(regionQuestion);
    terminal.paste('eu-west-1\n123456\n'); // it could be an id with its secret, of an emulator
    await terminal.waitFor(/Only the region is asked for here[^]*\? AWS_DEFAULT_REGION: \(us-west-2\) *$/);
    expect(terminal.screen()).not.toContain(temporary.secret.slice(0, 20));
  });

  test('a thousand profiles, in 60 columns', async () => {
    writeConfig(...Array.from({ length: 1000 }, (_, index) => `[profile team-${index}-of-the-production-of-acme]\nsso_session = corp\nsso_account_id = ${111122220000 + index}\nsso_role_name = Admin\nregion = eu-west-1`), '[sso-session corp]\nsso_start_url = https://a.example\nsso_region = eu-west-1');
    const terminal = place.start({ columns: 60 });
    await answer(terminal, [/Would you like\s+to:\n[^]*1\. Provide/, '2\r'], [picker, '111122220777']);
    const screen = await terminal.waitFor(/search\) 111122220777\n. team-777-[^\n]* {2}login needed\n {2}Back/);
    expect(screen).toMatch(/login needed: IAM Identity Center, account\s+111122220777,\s+eu-west-1,\s+role\s+Admin/);
    await answer(terminal, [/777/, '\r'], [regionQuestion, '\u0003']);
    await terminal.waitFor(/FAILURE INTERRUPTED/);
  });
});

describe('choice 3', () => {
  test('writes the four names, empty, for an editor', async () => {
    const terminal = place.start();
    await answer(terminal, [menu, '3\r'], [/How shall \.env be filled\?\n/, '2\r']);
    await terminal.waitFor(/ASKED template-written[^]*npm run\s+deploy/);
    expect((await terminal.exit).code).toBe(3);
    expect(readFileSync(join(place.project, '.env'), 'utf8')).toBe('AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=\nAWS_SESSION_TOKEN=\nAWS_DEFAULT_REGION=\n');
    expect(statSync(join(place.project, '.env')).mode & 0o777).toBe(0o600);
  });

  test('asks, proves and writes', async () => {
    const terminal = place.start();
    await answer(terminal, [menu, '3\r'], [/How shall \.env be filled\?\n/, '1\r'], [idQuestion, '']);
    terminal.paste(exportBlock);
    await terminal.waitFor(/Kept in \.env[^]*ASKED typed credentials eu-west-1/);
    expect(readFileSync(join(place.project, '.env'), 'utf8')).toContain(`AWS_SESSION_TOKEN=${temporary.token}\n`);
  });

  test('offers the line for .gitignore first, with no as the default', async () => {
    writeFileSync(join(place.project, '.gitignore'), 'dist');
    const terminal = place.start();
    await answer(terminal, [menu, '3\r'], [/How shall \.env be filled\?\n/, '2\r'], [/Add the line\s+"\.env" to\s+\.gitignore first\? \(y\/N\) *$/, '\r']);
    await answer(terminal, [/ENV_FILE_NOT_IGNORED[^]*Would you like to:\n/, '3\r'], [/How shall \.env be filled\?\n/, '2\r'], [/\(y\/N\) *$/, 'y\r']);
    await terminal.waitFor(/ASKED template-written/);
    expect(readFileSync(join(place.project, '.gitignore'), 'utf8')).toBe('dist\n.env\n');
  });
});

test('choice 4 is the local AWS', async () => {
  const terminal = place.start();
  await answer(terminal, [menu, '4\r']);
  await terminal.waitFor(/ASKED local/);
  expect((await terminal.exit).code).toBe(0);
});

describe('windows', () => {
  test.each([30, 45, 60])('%i columns: every line of the conversation can be read', async (columns) => {
    const terminal = place.start({ columns });
    await terminal.waitFor(/Would you like[^]*--local/);
    terminal.type('1\r');
    await answer(terminal, [/AWS_ACCESS_KEY_ID: *$/, `${longTerm.id}\r`], [/AWS_SECRET_ACCESS_KEY: *$/, `${longTerm.secret}\r`], [/AWS_SESSION_TOKEN[^:]*: *$/, '\r'], [/AWS_DEFAULT_REGION:[^)]*\) *$/, '\r']);
    await answer(terminal, [/Where shall they be kept\?\n/, '\r']);
    const screen = await terminal.waitFor(/ASKED typed/);
    expect(screen.replaceAll(/\s+/g, ' ')).toContain("To deploy to AWS, I'll need your AWS credentials. Please provide: - AWS_ACCESS_KEY_ID");
    expect(screen.split('\n').filter((line) => line.includes('To deploy to AWS'))).toHaveLength(1);
  });

  test('NO_COLOR is heeded', async () => {
    const terminal = place.start({}, { NO_COLOR: '1' });
    await answer(terminal, ...toKeep, [keepQuestion, '\r']);
    await terminal.waitFor(/ASKED typed/);
    expect(terminal.written().split('\u001b[').filter((part) => /^[\d;]*[1-9][\d;]*m/.test(part))).toEqual([]);
  });
});
