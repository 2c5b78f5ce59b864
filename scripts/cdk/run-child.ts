import { Failure } from '../failures/failure';
import { interruptionCodes } from '../process/interruptions';
import { guardChild } from '../process/signals';
import { startChild, type Child, type Ending } from '../process/spawn';
import type { ChildEnvironment } from './environments';
import { forwardOutput, stdioFor, type Filters, type Output } from './output';
import { saveTerminal } from './terminal-state';

export interface ChildInit {
  /** The JavaScript that this Node runs. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: ChildEnvironment;
  readonly output: Output;
  /** Whether a person answers its questions at the terminal. */
  readonly answers?: boolean;
  readonly filters?: Filters;
  /** Whether it has a pipe to read from, as descriptor 3. */
  readonly told?: boolean;
}

/** What an interrupted person is told. */
export interface Interrupted {
  readonly message: string;
  readonly fix: string;
}

/** CDK, started. */
export interface StartedChild {
  readonly child: Child;
  /** Settles when all that it printed is written. */
  readonly written: Promise<void>;
  readonly restoreTerminal: (() => Promise<void>) | null;
}

/** Starts CDK in a process group of its own. The one place where this room starts a program. */
export async function startCdk({ program, args, cwd, env, output, answers = false, filters, told = false }: ChildInit): Promise<StartedChild> {
  const restoreTerminal = answers ? await saveTerminal(cwd) : null;
  const child = startChild({
    file: process.execPath,
    args: [program, ...args],
    cwd,
    env,
    stdio: [...stdioFor(output, answers), ...(told ? ['pipe' as const] : [])],
    ownGroup: true,
  });
  return { child, written: forwardOutput(child.process, output, filters), restoreTerminal };
}

/**
 * Waits for its end, with the signals to itself.
 *
 * @throws Failure INTERRUPTED where a signal ended it: by then the child, what it started, and the terminal are clean
 */
export async function endOf({ child, written, restoreTerminal }: StartedChild, interrupted: Interrupted): Promise<Ending> {
  const { ending, interruption } = await guardChild(child);
  await written;
  if (interruption === null) return ending;
  await restoreTerminal?.();
  throw new Failure({ code: 'INTERRUPTED', ...interrupted, exitCode: interruptionCodes[interruption] });
}
