import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** How a child ended. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'spawn-failed'; readonly cause: NodeJS.ErrnoException };

/** A program, and all that it gets. */
export interface ChildInit {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Built, never inherited: the whole environment of the child. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdio: SpawnOptions['stdio'];
  /** A process group of its own, so that a signal reaches the child only through us. */
  readonly ownGroup?: boolean;
}

/** A program that was started. */
export interface Child {
  readonly process: ChildProcess;
  /** Settles when the child is gone and its pipes are drained. Never rejects. */
  readonly ended: Promise<Ending>;
}

/** The one place where the wrapper starts a program: argv without a shell, an environment that was built. */
export function startChild(init: ChildInit): Child {
  const child = spawn(init.file, init.args, {
    cwd: init.cwd,
    env: init.env,
    stdio: init.stdio,
    shell: false,
    detached: init.ownGroup ?? false,
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (cause: NodeJS.ErrnoException) => resolve({ kind: 'spawn-failed', cause }));
    child.once('close', (code, signal) => resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal }));
  });
  return { process: child, ended };
}

/** What a program printed, and how it ended. */
export interface Captured {
  readonly ending: Ending;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a short program to its end and returns what it printed. For git and the like; not for output without bound. */
export async function capture(init: Omit<ChildInit, 'stdio' | 'ownGroup'>): Promise<Captured> {
  const { process: child, ended } = startChild({ ...init, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text.stdout += chunk; });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => { text.stderr += chunk; });
  return { ending: await ended, ...text };
}
