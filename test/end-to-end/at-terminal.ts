import { startInTerminal, type PseudoTerminal, type Size } from '../terminal/pseudo-terminal';
import type { Project } from './project';

/** Milliseconds: a deploy takes its time, and so does a machine that runs other tests beside it. */
const patience = 120_000;

/** `npm run -s COMMAND` before a person, in a shell that says how it ended and how the terminal was set before and after. */
export function atTerminal(project: Project, command: string, environment: Readonly<Record<string, string>> = {}, size: Partial<Size> = {}): PseudoTerminal {
  return inShell(project, `npm run -s ${command}`, environment, size);
}

/** What that starts, without npm, whose start costs more than the wrapper's: where what npm does to a terminal is not what is tested. */
export function launchAtTerminal(project: Project, command: string, environment: Readonly<Record<string, string>> = {}, size: Partial<Size> = {}): PseudoTerminal {
  return inShell(project, `node scripts/launch.mjs ${command.replace(' -- ', ' ')}`, environment, size);
}

/** The same for a script of the shell, whose last command counts. */
export function inShell(project: Project, script: string, environment: Readonly<Record<string, string>> = {}, size: Partial<Size> = {}): PseudoTerminal {
  const settings = '$(stty -g | cksum)';
  // It stays until it is closed: what is written last is lost where a busy machine reads it too late.
  const framed = `echo "BEFORE ${settings}"; ${script}; code=$?; echo "AFTER ${settings}"; echo "EXIT $code"; sleep 600`;
  return startInTerminal('bash', ['--norc', '-c', framed], { ...size, env: { ...project.environment, ...environment }, cwd: project.directory, patience });
}

/** Answers one question after the other, each once the screen shows it. */
export async function answer(terminal: PseudoTerminal, ...steps: readonly (readonly [RegExp, string])[]): Promise<void> {
  for (const [question, text] of steps) {
    await terminal.waitFor(question);
    terminal.type(text);
  }
}

/** Waits for the end of the command. The terminal is then set as it was before it, whatever happened. */
export async function ended(terminal: PseudoTerminal): Promise<{ readonly code: number; readonly screen: string }> {
  const screen = await terminal.waitFor(/^EXIT \d+$/m);
  const [, before] = /^BEFORE (.*)$/m.exec(screen) ?? [];
  const [, after] = /^AFTER (.*)$/m.exec(screen) ?? [];
  if (before === undefined || before !== after) throw new Error(`The terminal was set to ${before ?? '?'}, and is now set to ${after ?? '?'}`);
  return { code: Number(/^EXIT (\d+)$/m.exec(screen)?.[1]), screen };
}

/** Closes `terminals` and empties the list. Throws where one was ever sent a part of a secret, whatever was typed and asked. */
export async function closeAll(terminals: PseudoTerminal[], secrets: readonly string[]): Promise<void> {
  for (const terminal of terminals.splice(0)) {
    await terminal.close();
    const leaked = secrets.some((secret) => [secret.slice(0, 20), secret.slice(-20)].some((part) => terminal.written().includes(part)));
    if (leaked) throw new Error(`A secret was written to the terminal:\n${terminal.screen()}`);
  }
}

/** The escape sequences with which it set a colour, or bold, or dim. */
export function colours(terminal: PseudoTerminal): string[] {
  return terminal.written().split('\u001b[').filter((part) => /^[\d;]*[1-9][\d;]*m/.test(part));
}

/** The questions, as the last thing on the screen. */
export const asks = {
  menu: /Would you like\s+to:\n[^]*4\. Try/,
  id: /\? AWS_ACCESS_KEY_ID: *$/,
  secret: /\? AWS_SECRET_ACCESS_KEY: *$/,
  secretAgain: /\? AWS_SECRET_ACCESS_KEY\s+\(Enter keeps it\): *$/,
  token: /\? AWS_SESSION_TOKEN\s+\(Enter if none\): *$/,
  neededToken: /\? AWS_SESSION_TOKEN: *$/,
  region: /\? AWS_DEFAULT_REGION:\s+\(us-west-2\) *$/,
  keep: /\? Where shall they be kept\?\n[^]*3\. In a profile/,
  goOn: /\? Go on to deploy with them to account\s+\d+\s+in\s+us-west-2\?\s+\(y\/N\) *$/,
  dotenv: /\? How shall \.env be filled\?\n[^]*3\. Back/,
  profile: /\? Which profile\?[^\n]*\n[^]*Back/,
  deploy: /\? Deploy to account\s+\d+\s+in\s+us-west-2\?\s+\(y\/N\) *$/,
  bootstrap: /\? Bootstrap account[^]*\(y\/N\) *$/,
} as const;
