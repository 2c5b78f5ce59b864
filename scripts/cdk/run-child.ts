import { Failure } from '../failures/failure';
import { interruptionCodes } from '../process/interruptions';
import { guardChild } from '../process/signals';
import { startChild, type Ending } from '../process/spawn';
import type { ChildEnvironment } from './environments';
import { forwardOutput, stdioFor, type Filters, type Output } from './output';
import { saveTerminal } from './terminal-state';

export interface ChildRun {
  /** The JavaScript that this Node runs. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: ChildEnvironment;
  readonly output: Output;
  /** Whether a person answers its questions at the terminal. */
  readonly answers?: boolean;
  readonly filters?: Filters;
  /** What an interrupted person is told. */
  readonly interrupted: { readonly message: string; readonly fix: string };
}

/**
 * Runs CDK to its end, in a process group of its own. The one place where this room starts a program.
 *
 * @throws Failure INTERRUPTED where a signal ended it: by then the child, what it started, and the terminal are clean
 */
export async function runChild(run: ChildRun): Promise<Ending> {
  const answers = run.answers ?? false;
  const restoreTerminal = answers ? await saveTerminal(run.cwd) : null;
  const child = startChild({
    file: process.execPath,
    args: [run.program, ...run.args],
    cwd: run.cwd,
    env: run.env,
    stdio: stdioFor(run.output, answers),
    ownGroup: true,
  });
  const written = forwardOutput(child.process, run.output, run.filters);
  const { ending, interruption } = await guardChild(child);
  await written;
  if (interruption === null) return ending;
  await restoreTerminal?.();
  throw new Failure({ code: 'INTERRUPTED', ...run.interrupted, exitCode: interruptionCodes[interruption] });
}
