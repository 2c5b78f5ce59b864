import { emptyRecord, reportOf } from '../../scripts/flow/record';
import { Failure } from '../../scripts/failures/failure';
import { forgetSecrets, registerSecret } from '../../scripts/secrets/registry';
import { reportJson, silentScreen, textScreen } from '../../scripts/terminal/screen';
import { styleFor } from '../../scripts/terminal/style';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz';
const quoted = 'a-secret-with-"-and-\\-in-it';
const environment = { LANG: 'en_US.UTF-8', TERM: 'xterm' };
const plain = styleFor({ isTerminal: false, columns: undefined, environment });

beforeEach(() => {
  registerSecret(secret);
  registerSecret(quoted);
});

afterEach(forgetSecrets);

function sink(): { readonly written: string[]; write(text: string | Buffer): void } {
  const written: string[] = [];
  return { written, write: (text) => { written.push(text.toString()); } };
}

test('the checklist goes to standard output, failures to standard error, both without a secret', () => {
  const [stdout, stderr] = [sink(), sink()];
  const screen = textScreen({ style: plain, stdout, stderr });
  screen.line(`the secret is ${secret}`);
  screen.line();
  screen.check({ id: 'region', status: 'warn', message: `${secret} is no region`, fix: `unset ${secret}` });
  screen.failure({ code: 'BAD_REGION', message: `${encodeURIComponent(secret)} is no region.`, fix: `unset ${Buffer.from(secret).toString('hex')}` });
  expect(stdout.written).toEqual(['the secret is [redacted]\n', '\n', 'warning region         [redacted] is no region\n                       -> unset [redacted]\n']);
  expect(stderr.written).toEqual(['BAD_REGION [redacted] is no region.\n-> unset [redacted]\n']);
});

test('a narrow window does not break a secret into parts that pass', () => {
  const stdout = sink();
  const style = styleFor({ isTerminal: true, columns: 30, environment: { ...environment, NO_COLOR: '1' } });
  textScreen({ style, stdout, stderr: sink() }).check({ id: 'region', status: 'fail', code: 'BAD_REGION', message: `what is set is ${secret} as it seems`, fix: `unset ${secret}` });
  expect(stdout.written.join('')).not.toMatch(/wJalr|K7MDENG|zzzz/);
  expect(stdout.written.join('')).toContain('[redacted]');
});

test('each stream has its own style: a file beside a terminal gets no colours', () => {
  const [stdout, stderr] = [sink(), sink()];
  const style = styleFor({ isTerminal: true, columns: 80, environment });
  const screen = textScreen({ style, errorStyle: plain, stdout, stderr });
  screen.check({ id: 'region', status: 'pass', message: 'us-west-2', fix: null });
  screen.failure({ code: 'USAGE', message: 'No.', fix: 'Yes.' });
  expect(stdout.written.join('')).toContain('\u001b[32m✔');
  expect(stderr.written).toEqual(['USAGE No.\n-> Yes.\n']);
});

describe('a failure whose check stands above', () => {
  const failure = { code: 'WRONG_ACCOUNT', message: 'It is another account.', fix: 'Switch.' } as const;
  const window = styleFor({ isTerminal: true, columns: 80, environment: { ...environment, NO_COLOR: '1' } });

  test.each([['in the same window is not said twice', window, '\nWRONG_ACCOUNT See account above.\n'], ['is whole in a file', plain, 'WRONG_ACCOUNT It is another account.\n-> Switch.\n']] as const)('%s', (_, errorStyle, expected) => {
    const stderr = sink();
    const screen = textScreen({ style: window, errorStyle, stdout: sink(), stderr });
    screen.check({ id: 'account', status: 'fail', ...failure });
    screen.failure(failure);
    expect(stderr.written).toEqual([expected]);
  });
});

test('what a call was answered is passed on byte by byte', () => {
  const bytes: (string | Buffer)[] = [];
  const screen = textScreen({ style: plain, stdout: { write: (text) => bytes.push(text) }, stderr: sink() });
  const body = Buffer.from([0, 255, 10, 13]);
  screen.result(body);
  expect(bytes).toEqual([body]);
});

test('with --json nothing is printed on the way', () => {
  const screen = silentScreen(plain);
  screen.line('x');
  screen.check({ id: 'region', status: 'pass', message: 'x', fix: null });
  screen.failure({ code: 'USAGE', message: 'x', fix: 'x' });
  screen.result('x');
  expect(screen.style).toBe(plain);
});

describe('the report', () => {
  const identity = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/dev', userId: 'AIDA', partition: 'aws' };

  test('has exactly the shape of the contract', () => {
    const record = emptyRecord();
    record.identity = identity;
    record.region = { value: 'us-west-2', source: 'AWS_DEFAULT_REGION' };
    record.credentials = { source: 'environment', profile: null, kind: 'temporary', accessKeyId: 'ASIA…WXYZ', expiration: '2026-11-23T12:00:00Z', shadowed: ['profile default'] };
    record.checks.push({ id: 'identity', status: 'pass', message: identity.arn, fix: null });
    expect(reportJson(reportOf(record, null, 311.6))).toBe(`${JSON.stringify({
      ok: true,
      identity: { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/dev', userId: 'AIDA', partition: 'aws' },
      region: { value: 'us-west-2', source: 'AWS_DEFAULT_REGION' },
      credentials: { source: 'environment', profile: null, kind: 'temporary', accessKeyId: 'ASIA…WXYZ', expiration: '2026-11-23T12:00:00Z', shadowed: ['profile default'] },
      checks: [{ id: 'identity', status: 'pass', message: 'arn:aws:iam::123456789012:user/dev', fix: null }],
      error: null,
      exitCode: 0,
      durationMs: 312,
    })}\n`);
  });

  test('of a failure has its code and exit code, and null for what was not found out', () => {
    const record = emptyRecord();
    record.checks.push({ id: 'account', status: 'fail', code: 'WRONG_ACCOUNT', message: 'no', fix: 'yes' });
    const failure = new Failure({ code: 'WRONG_ACCOUNT', message: 'no', fix: 'yes', cause: new Error(secret) });
    expect(JSON.parse(reportJson(reportOf(record, failure, 1)))).toStrictEqual({
      ok: false, identity: null, region: null, credentials: null,
      checks: [{ id: 'account', status: 'fail', message: 'no', fix: 'yes' }],
      error: { code: 'WRONG_ACCOUNT', message: 'no', fix: 'yes' }, exitCode: 5, durationMs: 1,
    });
  });

  test.each([secret, quoted])('stays valid JSON where %j is taken out', (value) => {
    const failure = new Failure({ code: 'USAGE', message: `It was ${value}, "so".`, fix: value });
    const text = reportJson(reportOf(emptyRecord(), failure, 1));
    expect(JSON.parse(text)).toMatchObject({ error: { message: 'It was [redacted], "so".', fix: '[redacted]' } });
    expect(text.split('\n')).toHaveLength(2);
  });
});

test('an answer that sends a secret back is shown without it', () => {
  const stdout = sink();
  const screen = textScreen({ style: plain, stdout, stderr: sink() });
  screen.result(Buffer.from(`{"headers":{"x-amz-security-token":"${secret}"}}`));
  screen.result(`${Buffer.from(secret).toString('base64')}\n`);
  expect(stdout.written.join('')).toMatch(/^\{"headers":\{"x-amz-security-token":"\[redacted\]"\}\}\[redacted\].{0,4}\n$/);
});
