import { spawn } from '@lydell/node-pty';
import { Terminal } from '@xterm/headless';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface PseudoTerminalInit extends Partial<Size> {
  /** The whole environment of the program. TERM is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Milliseconds after which a test is told what the screen shows instead of what it waits for. */
  readonly patience?: number;
}

/** A program in a pseudo-terminal, and the person before it. */
export interface PseudoTerminal {
  /** Sends `text` as a keyboard does: Enter is `\r`, Ctrl-C `\u0003`. */
  type(text: string): void;
  /** Sends `text` as a terminal pastes it: marked, where the program has asked for that. */
  paste(text: string): void;
  /** What the window shows, with all that has scrolled out of it. Lines without trailing blanks. */
  screen(): string;
  /** Everything that the program wrote, escape sequences included. */
  written(): string;
  /** Waits until the screen shows `pattern`, and returns it. Rejects when the program ends before. */
  waitFor(pattern: RegExp): Promise<string>;
  /** Waits for something else that the screen's contents decide. */
  waitUntil(holds: () => boolean, what: string): Promise<void>;
  /** The process id of the program. */
  readonly pid: number;
  /** When it has ended and all of its output is on the screen. */
  readonly exit: Promise<{ readonly code: number; readonly signal: number }>;
  kill(signal?: string): void;
  close(): Promise<void>;
}

/** Starts `command` in a pseudo-terminal of 80 × 40, or of the size given. */
export function startInTerminal(command: string, args: readonly string[], { env, cwd, columns = 80, rows = 40, patience = 60_000 }: PseudoTerminalInit): PseudoTerminal {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  const pty = spawn(command, [...args], { name: 'xterm-256color', cols: columns, rows, cwd, env: { TERM: 'xterm-256color', ...env } });
  const watchers = new Set<() => void>();
  const look = (): void => { for (const watcher of watchers) watcher(); };
  let written = '';
  let ended = false;
  pty.onData((text) => {
    written += text;
    terminal.write(text, look);
  });
  const exit = new Promise<{ code: number; signal: number }>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      terminal.write('', () => {
        ended = true;
        look();
        resolve({ code: exitCode, signal: signal ?? 0 });
      });
    });
  });
  const screen = (): string => {
    const { buffer: { active } } = terminal;
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  };
  const waitUntil = (holds: () => boolean, what: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (why: string | null): void => {
        clearTimeout(timer);
        watchers.delete(check);
        if (why === null) resolve();
        else reject(new Error(`${why} before ${what}. The screen:\n${screen()}`));
      };
      const timer = setTimeout(() => settle(`${patience} ms passed`), patience);
      const check = (): void => {
        if (holds()) settle(null);
        else if (ended) settle('The program ended');
      };
      watchers.add(check);
      check();
    });
  return {
    type: (text) => pty.write(text),
    paste: (text) => pty.write(terminal.modes.bracketedPasteMode ? `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~` : text.replaceAll('\n', '\r')),
    screen,
    written: () => written,
    waitFor: async (pattern) => {
      let seen = ''; // a moment later it may be half redrawn
      await waitUntil(() => {
        seen = screen();
        return pattern.test(seen);
      }, `it showed ${String(pattern)}`);
      return seen;
    },
    waitUntil,
    pid: pty.pid,
    exit,
    kill: (signal) => pty.kill(signal),
    async close() {
      if (!ended) pty.kill('SIGKILL');
      await exit;
      terminal.dispose();
    },
  };
}
