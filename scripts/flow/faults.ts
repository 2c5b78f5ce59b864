/**
 * What no code of ours caught: an exception in a callback, a promise that nobody caught. Node would print it with
 * all of its members, and an error of the SDK holds the request that it was about.
 */
export interface Faults {
  /** Rejects with the first one. */
  readonly happened: Promise<never>;
  /** Leaves them to Node again. */
  stop(): void;
}

/** Watches for them from now on, in place of Node. */
export function watchFaults(): Faults {
  let reject: (fault: unknown) => void;
  const happened = new Promise<never>((_resolve, rejectIt) => { reject = rejectIt; });
  happened.catch(() => undefined);
  const listener = (fault: unknown): void => reject(fault);
  process.on('uncaughtException', listener);
  process.on('unhandledRejection', listener);
  return {
    happened,
    stop() {
      process.off('uncaughtException', listener);
      process.off('unhandledRejection', listener);
    },
  };
}
