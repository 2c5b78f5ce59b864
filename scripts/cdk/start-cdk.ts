import { Failure } from '../failures/failure';
import { interruptionCodes } from '../process/interruptions';
import { guardChild } from '../process/signals';
import { startChild, type Child, type Ending } from '../process/spawn';
import type { ChildEnvironment } from './environments';
import { forwardOutput, stdioFor, type Filters, type Output } from './output';
import { saveTerminal } from './terminal-state';

/** What CDK is started with. */
export interface CdkInit {
  /** The JavaScript that this Node runs: CDK's entry, or what loads CDK ahead. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: ChildEnvironment;
  readonly output: Output;
  /** Whether a person answers its questions at the terminal. */
  readonly answers?: boolean;
  readonly filters?: Filters;
  /** Whether it gets instructions later, on a pipe that is its descriptor 3. */
  readonly instructed?: boolean;
}

/** What a person is told where a signal ended CDK. */
export interface Interrupted {
  readonly message: string;
  readonly fix: string;
}

/** A CDK that was started, whatever it does by now. */
export interface StartedCdk {
  readonly child: Child;
  /** Settles when all that it printed is written. */
  readonly written: Promise<void>;
  /** Sets the terminal as it was before; `null` where CDK does not read from it. */
  readonly restoreTerminal: (() => Promise<void>) | null;
}

/** Starts CDK in a process group of its own. The one place that does. */
export async function startCdk({ program, args, cwd, env, output, answers = false, filters, instructed = false }: CdkInit): Promise<StartedCdk> {
  const restoreTerminal = answers ? await saveTerminal(cwd) : null;
  const child = startChild({
    file: process.execPath,
    args: [program, ...args],
    cwd,
    env,
    stdio: [...stdioFor(output, answers), ...(instructed ? ['pipe' as const] : [])],
    ownGroup: true,
  });
  return { child, written: forwardOutput(child.process, output, filters), restoreTerminal };
}

/**
 * Waits until CDK has ended and all that it printed is written. Signals that reach this process go to CDK meanwhile.
 *
 * @throws Failure INTERRUPTED where a signal ended it: nothing that it started is left then, and the terminal is as before
 */
export async function endOf({ child, written, restoreTerminal }: StartedCdk, interrupted: Interrupted): Promise<Ending> {
  const { ending, interruption } = await guardChild(child);
  await written;
  if (interruption === null) return ending;
  await restoreTerminal?.();
  throw new Failure({ code: 'INTERRUPTED', ...interrupted, exitCode: interruptionCodes[interruption] });
}
