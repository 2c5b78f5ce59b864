import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { longTerm } from '../terminal/conversation';
import { startFakeSts, type FakeSts } from '../terminal/fake-sts';
import { startInTerminal, type PseudoTerminal } from '../terminal/pseudo-terminal';
import { answer, asks } from './at-terminal';
import { onLinux, processesIn } from './processes';
import { makeProject, type Project } from './project';

// What a machine does to a run that waits for a person: SIGPIPE, and the terminal that closes, at each question.

jest.setTimeout(240_000);

let project: Project;
let sts: FakeSts;
let terminal: PseudoTerminal;

beforeAll(async () => {
  project = makeProject();
  sts = await startFakeSts({ [longTerm.id]: { secret: longTerm.secret } });
});
afterEach(() => terminal.close());
afterAll(async () => {
  await sts.close();
  project.remove();
});

/** Each question in order, and what the person types at it. */
const questions = [
  ['the menu', asks.menu, '1\r'], ['the key id', asks.id, `${longTerm.id}\r`], ['the secret', asks.secret, `${longTerm.secret}\r`],
  ['the token', asks.token, '\r'], ['the region', asks.region, '\r'], ['where to keep them', asks.keep, '\r'], ['going on', asks.goOn, '\r'],
] as const;

const code = (): string => join(project.directory, 'code.txt');

/** The shell is what a terminal's end takes away; what ran in it gets SIGHUP, and can write nowhere. */
function start(): void {
  const command = "sh -c 'trap \"\" HUP; node scripts/launch.mjs preflight; echo $? > code.txt'; true";
  terminal = startInTerminal('sh', ['-c', command], { env: { ...project.environment, AWS_ENDPOINT_URL: sts.url }, cwd: project.directory, columns: 120, patience: 60_000 });
}

async function codeAtTheEnd(): Promise<string> {
  const isOver = (): boolean => processesIn(project.directory).length === 0 && existsSync(code());
  for (const since = Date.now(); !isOver(); await setTimeout(10)) {
    if (Date.now() - since > 30_000) throw new Error(`Still there: ${processesIn(project.directory).map(({ command }) => command).join('\n')}`);
  }
  const text = readFileSync(code(), 'utf8').trim();
  rmSync(code());
  return text;
}

/** Where typed keys could have been left. */
function kept(): string[] {
  return [...readdirSync(project.home), ...readdirSync(project.directory)].filter((name) => /^\.(?:aws|env)/.test(name) && name !== '.env.example');
}

onLinux('a run that waits for a person', () => {
  test('does not mind SIGPIPE at any question', async () => {
    start();
    for (const [, question, keys] of questions) {
      await terminal.waitFor(question);
      for (const { pid, command } of processesIn(project.directory)) if (command.startsWith('node ')) process.kill(pid, 'SIGPIPE');
      terminal.type(keys);
    }
    expect(await codeAtTheEnd()).toBe('0');
    expect(terminal.screen()).toContain('123456789012');
  });

  test.each(questions.map(([name], index) => [name, index] as const))('ends with 129 where the terminal closes at %s, and nothing is kept', async (_, index) => {
    start();
    await answer(terminal, ...questions.slice(0, index).map(([, question, keys]) => [question, keys] as const));
    await terminal.waitFor(questions[index]?.[1] ?? asks.menu);
    terminal.kill('SIGKILL');
    expect(await codeAtTheEnd()).toBe('129');
    expect(kept()).toEqual([]);
  });
});
