import { stripVTControlCharacters } from 'node:util';
import type { CheckResult } from '../../scripts/checks/check';
import { forgetSecrets, registerSecret } from '../../scripts/secrets/registry';
import { checkLine, failureText, nextStep } from '../../scripts/terminal/report';
import { styleFor, type Style } from '../../scripts/terminal/style';

const utf8 = { LANG: 'en_US.UTF-8', TERM: 'xterm-256color' };

function terminal(columns: number, environment: Readonly<Record<string, string>> = utf8): Style {
  return styleFor({ isTerminal: true, columns, environment });
}

const pipe = styleFor({ isTerminal: false, columns: undefined, environment: utf8 });

const results: readonly CheckResult[] = [
  { id: 'credentials', status: 'pass', message: 'environment keys: AKIA…WXYZ; ignored: profile dev, .env', fix: null },
  { id: 'gitignore', status: 'warn', message: 'git does not ignore .env; there is none yet, and one could be committed later.', fix: String.raw`printf '\n.env\n' >> .gitignore` },
  { id: 'bootstrap', status: 'fail', code: 'NOT_BOOTSTRAPPED', message: 'Account 123456789012 is not bootstrapped for CDK in us-west-2: there is no SSM parameter /cdk-bootstrap/hnb659fds/version.', fix: 'npm run bootstrap -- --profile dev   (makes aws://123456789012/us-west-2 ready for CDK)' },
  { id: 'env-file', status: 'skip', message: 'there is no .env', fix: null },
];

function checklist(style: Style): string {
  return results.map((result) => checkLine(result, style)).join('\n');
}

test('at 120 columns in colour', () => {
  expect(checklist(terminal(120))).toBe([
    '\u001b[32m✔\u001b[39m credentials    environment keys: AKIA…WXYZ; ignored: profile dev, .env',
    '\u001b[33m▲\u001b[39m gitignore      git does not ignore .env; there is none yet, and one could be committed later.',
    String.raw`                 → printf '\n.env\n' >> .gitignore`,
    '\u001b[31m✖\u001b[39m bootstrap      Account 123456789012 is not bootstrapped for CDK in us-west-2: there is no SSM parameter',
    '                 /cdk-bootstrap/hnb659fds/version.',
    '                 → npm run bootstrap -- --profile dev   (makes aws://123456789012/us-west-2 ready for CDK)',
    '\u001b[2m–\u001b[22m env-file       \u001b[2mthere is no .env\u001b[22m',
  ].join('\n'));
});

test('what a path or a server says does nothing to the terminal, and hides no secret', () => {
  const secret = 'h1Zp/9vQw3Lk+8sTnB4x'.repeat(2);
  registerSecret(secret);
  const told = { message: `src/\u001b]0;owned\u0007\u009b31m\r.ts says ${secret.slice(0, 9)}\u001b[0m${secret.slice(9)}`, fix: 'ls \u001b[2Ja\tb\nc' };
  const shown = [checkLine({ id: 'assembly', status: 'warn', ...told }, pipe), failureText({ code: 'INTERNAL', ...told }, pipe)];
  forgetSecrets();
  for (const text of shown) {
    expect(text).toContain(String.raw`src/\x1b]0;owned\x07\x9b31m\x0d.ts says [redacted]`);
    expect(text).toMatch(/ls \\x1b\[2Ja\tb\n *c$/);
    expect(text).not.toMatch(/(?![\n\t])\p{Cc}/u);
  }
});

test('at 60 columns without colour', () => {
  expect(checklist(terminal(60, { ...utf8, NO_COLOR: '1' }))).toBe([
    '✔ credentials    environment keys: AKIA…WXYZ; ignored:',
    '                 profile dev, .env',
    '▲ gitignore      git does not ignore .env; there is none',
    '                 yet, and one could be committed later.',
    String.raw`                 → printf '\n.env\n' >> .gitignore`,
    '✖ bootstrap      Account 123456789012 is not bootstrapped',
    '                 for CDK in us-west-2: there is no SSM',
    '                 parameter /cdk-bootstrap/hnb659fds/version.',
    '                 → npm run bootstrap -- --profile dev',
    '                   (makes aws://123456789012/us-west-2 ready',
    '                   for CDK)',
    '– env-file       there is no .env',
  ].join('\n'));
});

test('at 40 columns messages go on at the margin', () => {
  expect(checklist(terminal(40, { ...utf8, NO_COLOR: '1' }))).toBe([
    '✔ credentials    environment keys:',
    '  AKIA…WXYZ; ignored: profile dev, .env',
    '▲ gitignore      git does not ignore',
    '  .env; there is none yet, and one could',
    '  be committed later.',
    String.raw`  → printf '\n.env\n' >> .gitignore`,
    '✖ bootstrap      Account 123456789012 is',
    '  not bootstrapped for CDK in us-west-2:',
    '  there is no SSM parameter',
    '  /cdk-bootstrap/hnb659fds/version.',
    '  → npm run bootstrap -- --profile dev',
    '    (makes aws://123456789012/us-west-2',
    '    ready for CDK)',
    '– env-file       there is no .env',
  ].join('\n'));
});

test('in a pipe: no colour, no sign beyond ASCII of its own, no line broken', () => {
  expect(checklist(pipe)).toBe([
    'ok      credentials    environment keys: AKIA…WXYZ; ignored: profile dev, .env',
    'warning gitignore      git does not ignore .env; there is none yet, and one could be committed later.',
    String.raw`                       -> printf '\n.env\n' >> .gitignore`,
    'FAILED  bootstrap      Account 123456789012 is not bootstrapped for CDK in us-west-2: there is no SSM parameter /cdk-bootstrap/hnb659fds/version.',
    '                       -> npm run bootstrap -- --profile dev   (makes aws://123456789012/us-west-2 ready for CDK)',
    'skipped env-file       there is no .env',
  ].join('\n'));
});

test('the table of a message is one only where it fits', () => {
  const failure = { code: 'NO_CREDENTIALS', message: 'Looked at:\n  --local           not given\n  environment keys  AWS_ACCESS_KEY_ID is not set', fix: 'aws configure' };
  expect(failureText(failure, terminal(60, { ...utf8, NO_COLOR: '1' }))).toContain('\n  --local           not given\n  environment keys  AWS_ACCESS_KEY_ID is not set\n');
  expect(failureText(failure, terminal(40, { ...utf8, NO_COLOR: '1' }))).toContain('\n  --local: not given\n  environment keys: AWS_ACCESS_KEY_ID is\n    not set\n');
  expect(failureText(failure, pipe)).toContain(failure.message);
});

describe.each([30, 40, 60, 120])('at %d columns', (columns) => {
  test.each([utf8, { LANG: 'C', TERM: 'xterm' }, { ...utf8, NO_COLOR: '1' }])('with %j no line is too wide but one word or one command', (environment) => {
    const style = terminal(columns, environment);
    const text = `${checklist(style)}\n${failureText({ code: 'EXPIRED_CREDENTIALS', message: 'The session of profile dev has expired, at 2026-11-24T12:00:00.000Z, and so on.', fix: 'aws sso login --profile dev' }, style)}`;
    const wide = stripVTControlCharacters(text).split('\n').filter((line) => line.length > columns && !/^\s*(?:(?:→|->) )?(?:\S+|(?:npm|aws|printf) .*)$/.test(line));
    expect(wide).toEqual([]);
  });
});

describe('a failure', () => {
  const failure = { code: 'ENV_FILE_TRACKED', message: 'git tracks .env: whoever has the repository has what is in it.', fix: 'git rm --cached .env\ngit commit -m "Stop tracking .env"\nThen rotate the keys that it held: the history still has them.' };

  test('says what happened, then what to do, each command whole on a line', () => {
    expect(failureText(failure, terminal(40, { ...utf8, NO_COLOR: '1' }))).toBe([
      'ENV_FILE_TRACKED git tracks .env:',
      'whoever has the repository has what is',
      'in it.',
      '→ git rm --cached .env',
      '  git commit -m "Stop tracking .env"',
      '  Then rotate the keys that it held: the',
      '  history still has them.',
    ].join('\n'));
  });

  test('has its code in red on a terminal, and plain in a pipe', () => {
    expect(failureText(failure, terminal(120)).split(' git tracks')[0]).toBe('\u001b[31m\u001b[1mENV_FILE_TRACKED\u001b[22m\u001b[39m');
    expect(failureText(failure, pipe)).toMatch(/^ENV_FILE_TRACKED git tracks [^\n]*\n-> git rm --cached \.env\n {3}git commit/);
  });

  test('of several ways ends no line with spaces', () => {
    expect(failureText({ code: 'NO_CREDENTIALS', message: 'None.', fix: 'One of:\n\n1. so:\nexport A="..."' }, pipe)).toBe('NO_CREDENTIALS None.\n-> One of:\n\n   1. so:\n   export A="..."');
  });

  test.each(['DECLINED', 'INTERRUPTED'])('that a person wanted is one calm line: %s', (code) => {
    expect(failureText({ code, message: 'Nothing was changed.', fix: 'npm run deploy' }, terminal(80))).toBe('Nothing was changed.');
  });
});

test('a command moves below what is said before it, where it would be broken', () => {
  const fix = 'Start what serves it, or unset it: unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_STS';
  const style = styleFor({ isTerminal: true, columns: 60, environment: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
  expect(nextStep(fix, style, '')).toBe('→ Start what serves it, or unset it:\n  unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_STS');
  expect(nextStep(fix, { ...style, columns: 120 }, '')).toBe(`→ ${fix}`);
});
