import { signalGroup } from './group';
import { interruptingSignals, type InterruptingSignal } from './interruptions';
import type { Child, Ending } from './spawn';

/** npm, a shell and a terminal may each send the same one: within this many milliseconds they are one. */
const coalesceWithin = 2000;

/** How many milliseconds a child has to end after a signal before its group is killed. */
const defaultGrace = 5000;

/** How a guarded child ended. */
export interface Guarded {
  readonly ending: Ending;
  /** The signal that ended the run, `null` where none came. */
  readonly interruption: InterruptingSignal | null;
}

/**
 * Waits for a child that leads a process group of its own, and is its only source of signals: SIGINT, SIGTERM and
 * SIGHUP that reach this process, however often, reach the child's group once; SIGWINCH so that its progress bar
 * fits. Afterwards nothing of the group is left.
 */
export async function guardChild(child: Child, grace = defaultGrace): Promise<Guarded> {
  let interruption: InterruptingSignal | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  let killer: NodeJS.Timeout | undefined;
  const onInterruption = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    const again = now - lastAt < coalesceWithin;
    lastAt = now;
    if (again) return;
    interruption ??= signal as InterruptingSignal;
    signalGroup(child.process, signal);
    killer ??= setTimeout(() => signalGroup(child.process, 'SIGKILL'), grace);
  };
  const onResize = (): void => { child.process.kill('SIGWINCH'); };
  for (const signal of interruptingSignals) process.on(signal, onInterruption);
  process.on('SIGWINCH', onResize);
  try {
    const gone = new Promise<void>((resolve) => { child.process.once('exit', () => resolve()); });
    await Promise.race([gone, child.ended]);
    // What the child started is not left behind, and holds no pipe open.
    signalGroup(child.process, 'SIGKILL');
    return { ending: await child.ended, interruption };
  } finally {
    clearTimeout(killer);
    for (const signal of interruptingSignals) process.off(signal, onInterruption);
    process.off('SIGWINCH', onResize);
  }
}
