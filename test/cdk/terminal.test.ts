import { spawn, type IPty } from '@lydell/node-pty';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitingProject, type WaitingProject } from './signals-project';

let project: WaitingProject;
let terminal: IPty | undefined;

beforeAll(() => {
  project = waitingProject();
});
afterEach(() => {
  try {
    terminal?.kill('SIGKILL');
  } catch {
    // it has ended by itself
  }
});
afterAll(() => project.remove());

interface Session {
  readonly pty: IPty;
  /** Settles when `text` has appeared. */
  shows(text: string): Promise<void>;
  readonly exit: Promise<number>;
  output(): string;
}

function start(script: string): Session {
  rmSync(join(project.directory, 'signals.txt'), { force: true });
  const pty = spawn('/bin/sh', ['-c', script], { cwd: project.directory, cols: 60, rows: 20, env: { PATH: process.env['PATH'] ?? '', HOME: project.directory, TERM: 'xterm' } });
  terminal = pty;
  let seen = '';
  const waiting = new Set<() => void>();
  pty.onData((data) => {
    seen += data;
    for (const look of waiting) look();
  });
  const shows = (text: string): Promise<void> =>
    new Promise((done) => {
      const look = (): void => {
        if (!seen.includes(text)) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
    });
  return { pty, shows, exit: new Promise((done) => { pty.onExit(({ exitCode }) => done(exitCode)); }), output: () => seen };
}

describe('at a terminal CDK', () => {
  test('has it: it draws, knows its width when that changes, and a person answers its question', async () => {
    const session = start('node hand-over.mjs Terminal; echo "exit $?"');
    await session.shows('ready with');
    session.pty.resize(100, 20);
    await session.shows('now 100 columns');
    session.pty.write('y');
    await session.shows('answered y at 100 columns');
    await session.shows('exit 0');
    expect(await session.exit).toBe(0);
  });

  test('gets Ctrl-C once, and leaves the terminal as it was', async () => {
    const session = start('before=$(stty -g); node hand-over.mjs Terminal; echo "exit $?"; [ "$before" = "$(stty -g)" ] && echo same settings');
    await session.shows('ready with');
    process.kill(Number(readFileSync(join(project.directory, 'wrapper.pid'), 'utf8')), 'SIGINT');
    await session.shows('exit 130');
    await session.shows('same settings');
    expect(readFileSync(join(project.directory, 'signals.txt'), 'utf8')).toBe('SIGINT\n');
  });

  test('that draws without asking gets the Ctrl-C that a person types once', async () => {
    const session = start('trap : INT; npm run -s deploy; echo "exit $?"');
    await session.shows('ready with');
    session.pty.write('\u0003');
    await session.shows('exit 130');
    expect(readFileSync(join(project.directory, 'signals.txt'), 'utf8')).toBe('SIGINT\n');
  });
});
