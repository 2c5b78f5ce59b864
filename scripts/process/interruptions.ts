/** The signals that end a run, each with the exit code that shells give it. https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html */
export const interruptionCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** One of them. */
export type InterruptingSignal = keyof typeof interruptionCodes;

/** All of them. */
export const interruptingSignals = Object.keys(interruptionCodes) as readonly InterruptingSignal[];
