import { Failure } from '../failures/failure';
import { interruptingSignals, interruptionCodes, type InterruptingSignal } from '../process/interruptions';

/** How a run fails that `signal` ends. */
export function interruptedBy(signal: InterruptingSignal): Failure {
  return new Failure({ code: 'INTERRUPTED', message: `Interrupted (${signal}).`, fix: 'Run the same command again when you are ready.', exitCode: interruptionCodes[signal] });
}

/** The signals that end a run, while nothing else has a use for them. */
export interface Interruption {
  /** Rejects with INTERRUPTED when a signal arrives. */
  readonly happened: Promise<never>;
  /** Lets `work` have the signals to itself: CDK gets them, and ends first. */
  leaveTo<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Leaves the signals to Node again. */
  stop(): void;
}

/** Watches for the signals from now on, in place of Node. */
export function watchSignals(): Interruption {
  let left = 0;
  let reject: (failure: Failure) => void;
  const happened = new Promise<never>((_resolve, rejectIt) => { reject = rejectIt; });
  happened.catch(() => undefined);
  const listeners = interruptingSignals.map((signal) => {
    const listener = (): void => { if (left === 0) reject(interruptedBy(signal)); };
    process.on(signal, listener);
    return { signal, listener };
  });
  return {
    happened,
    async leaveTo(work) {
      left += 1;
      try {
        return await work();
      } finally {
        left -= 1;
      }
    },
    stop() {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
