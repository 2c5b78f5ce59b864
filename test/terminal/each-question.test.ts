import { join, resolve } from 'node:path';
import { compiledChild, type CompiledChild } from '../process/compiled-child';
import { longTerm } from './conversation';
import { startInTerminal, type PseudoTerminal } from './pseudo-terminal';

// What a keyboard, a paste and a signal can do to each question that there is.

const { id, secret } = longTerm;
const otherId = id.replace(/.$/, 'B');

/** Typed as it is, or waited for. */
type Step = string | RegExp;

interface Question {
  readonly name: string;
  /** The end of the screen while it waits for an answer. */
  readonly shows: RegExp;
  readonly first: readonly [readonly Step[], string];
  /** Another answer than Enter alone would give, where there is one. */
  readonly second: readonly [readonly Step[], string];
  /** With what comes after the first answer. The picker takes no Enter of a burst. */
  readonly enters?: '\r';
  /** What a question for text says of what is none; the others are not moved by it. */
  readonly refuses?: string;
}

const controls = 'control character';

const questions: readonly Question[] = [
  { name: 'menu', shows: /Would you like to:\n[^]*4\. Try[^]*select$/, first: [['4'], '{"kind":"local"}'], second: [['4'], '{"kind":"local"}'] },
  { name: 'key id', shows: /\? AWS_ACCESS_KEY_ID: *$/, first: [[id], `{"accessKeyId":"${id}"}`], second: [[otherId], `{"accessKeyId":"${otherId}"}`], refuses: controls },
  { name: 'secret', shows: /\? AWS_SECRET_ACCESS_KEY: *$/, first: [[secret], `{"secretAccessKey":"${secret}"}`], second: [[`${secret.slice(1)}x`], `{"secretAccessKey":"${secret.slice(1)}x"}`], refuses: controls },
  { name: 'token', shows: /\? AWS_SESSION_TOKEN \(Enter if none\): *$/, first: [['t'.repeat(90)], `{"sessionToken":"${'t'.repeat(90)}"}`], second: [['u'.repeat(90)], `{"sessionToken":"${'u'.repeat(90)}"}`], refuses: controls },
  { name: 'region', shows: /\? AWS_DEFAULT_REGION: \(us-west-2\) *$/, first: [['eu-west-1'], '{"region":"eu-west-1"}'], second: [['us-east-2'], '{"region":"us-east-2"}'], refuses: controls },
  { name: 'keeping', shows: /Where shall they be kept\?\n[^]*3\. In a profile[^]*select$/, first: [['1'], 'null'], second: [['1'], 'null'] },
  { name: 'retry', shows: /What next\?\n[^]*3\. Stop[^]*select$/, first: [['2'], '"region"'], second: [['2'], '"region"'] },
  { name: 'picker', shows: /Which profile\?[^]*Back[^]*select$/, enters: '\r', first: [['zzz', /search\) zzz\n. Back/], 'null'], second: [['yyy', /search\) yyy\n. Back/], 'null'] },
  { name: 'environment', shows: /Which environment\?\n[^]*2\. prod[^]*select$/, first: [['2'], '"prod"'], second: [['2'], '"prod"'] },
  { name: 'exchange', shows: /Exchange these[^]*3\. Never[^]*select$/, first: [['2'], '"keys"'], second: [['3'], '"never"'] },
  { name: 'MFA device', shows: /MFA device \(Enter if none\): *$/, first: [['GAHT12345678'], '"GAHT12345678"'], second: [['GAHT12345679'], '"GAHT12345679"'], refuses: 'It looks like' },
  { name: 'MFA code', shows: /MFA code of [^ ]*: *$/, first: [['123456'], '"123456"'], second: [['654321'], '"654321"'], refuses: 'six digits' },
  { name: 'consent', shows: /Deploy to account 1\? \(y\/N\) *$/, first: [['y'], 'true'], second: [['y'], 'true'] },
  { name: 'type-name', shows: /Type prod to go on: *$/, first: [['prod'], 'true'], second: [['prod'], 'true'] },
  { name: 'login', shows: /Log in to https:\/\/a\.example now\? \(Y\/n\) *$/, first: [['n'], 'false'], second: [['n'], 'false'] },
];

let driver: CompiledChild;
beforeAll(async () => { driver = await compiledChild(join(__dirname, 'question-driver.ts')); });
afterAll(() => driver.remove());

let terminal: PseudoTerminal;
afterEach(async () => { await terminal.close(); });

/** Waits until the question stands there for the `time`-th time. */
async function asked({ shows }: Question, time: number): Promise<void> {
  const begin = new RegExp(String.raw`ASK ${time}\n`);
  await terminal.waitUntil(() => {
    const [, after] = terminal.screen().split(begin);
    return after !== undefined && !after.includes('OUTCOME') && shows.test(after);
  }, `question ${time}`);
}

async function outcome(time: number): Promise<string> {
  const pattern = new RegExp(String.raw`^OUTCOME ${time} ([^]*?)\nASK`, 'm');
  return pattern.exec(await terminal.waitFor(pattern))?.[1]?.replaceAll('\n', '') ?? '';
}

async function take(steps: readonly Step[], end: string): Promise<void> {
  for (const step of steps.slice(0, -1)) await act(step);
  const last = steps.at(-1) ?? '';
  if (typeof last === 'string') return terminal.type(last + end);
  await act(last);
  terminal.type(end);
}

async function act(step: Step): Promise<void> {
  if (typeof step === 'string') terminal.type(step);
  else await terminal.waitFor(step);
}

/** Colours, a jump of the cursor, a bell, a title for the window, NUL, and a paste that would answer anything. */
const noise = ['\u001b[31m', '\u001b[999;999H', '\u0007', '\u001b]0;owned\u0007', '\0', '\u001b[200~owned\r1\ry\r\u001b[201~'];

/** What is no answer leaves the question where it is. One for text refuses it, and asks anew. */
async function harass({ name, shows, refuses }: Question): Promise<void> {
  if (name === 'type-name') return; // it is no name: declined, and not asked again
  if (refuses === undefined) {
    for (const sequence of noise) {
      terminal.type(sequence);
      await new Promise(setImmediate); // so that some arrive alone
    }
    return;
  }
  for (const [index, sequence] of ['\u001b[31m\u001b]0;owned\u0007', 'owned\0'].entries()) {
    terminal.type(sequence);
    await terminal.waitUntil(() => terminal.screen().split(refuses).length > index + 1 && shows.test(terminal.screen()), 'the question again');
  }
}

test.each(questions.map((question) => [question.name, question] as const))('%s', async (_, question) => {
  terminal = startInTerminal(process.execPath, [driver.file], {
    env: { PATH: process.env['PATH'] ?? '', QUESTION: question.name, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }, cwd: resolve(__dirname, '../..'), columns: 120,
  });
  await terminal.waitFor(/BUSY/);
  terminal.type('typed-too-early\r');
  await terminal.waitFor(/HEARD/);
  terminal.kill('SIGUSR2');

  // What was typed before it answers nothing, nor do the Enters after an answer answer the next.
  await asked(question, 1);
  await harass(question);
  await take(question.first[0], question.enters ?? '\r\r\n\r');
  expect(await outcome(1)).toBe(question.first[1]);
  await asked(question, 2);
  await take(question.second[0], '\r');
  expect(await outcome(2)).toBe(question.second[1]);

  const interruptions = [['\u0003', 130], ['\u0004', 130], ['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const;
  for (const [index, [how, code]] of interruptions.entries()) {
    await asked(question, 3 + index);
    if (how.startsWith('SIG')) terminal.kill(how);
    else terminal.type(how);
    expect(await outcome(3 + index)).toBe(`INTERRUPTED ${code}`);
  }
  expect(terminal.written()).not.toContain('typed-too-early');
  expect(terminal.written()).not.toContain('\u001b]0;owned');
});
