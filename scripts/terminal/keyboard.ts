import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { Failure } from '../failures/failure';
import { interruptingSignals, interruptionCodes, type InterruptingSignal } from '../process/interruptions';
import { hearInput } from './heard-input';
import type { Part } from './input-parts';
import { startRawMode } from './raw-mode';

/**
 * Owns the terminal's input while a person may be asked: echo is off, so that what is typed between two questions
 * is shown nowhere, and it is dropped, so that it answers nothing.
 */
export interface Keyboard {
  /**
   * Hands parts of the input to `listen` while `ask` runs. Ctrl-C and Ctrl-D abort its signal and reject. Ctrl-Z gives
   * the terminal to the shell; afterwards it asks anew.
   */
  during<Answer>(listen: Listen, ask: Ask<Answer>): Promise<Answer>;
  /** Drops the input while `work` runs. Ctrl-C and Ctrl-D reject. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives the terminal back as it was. */
  close(): Promise<void>;
}

type Listen = (part: Part, keys: PassThrough) => void;
type Ask<Answer> = (keys: PassThrough, stop: AbortSignal) => Promise<Answer>;

/** Who has the keyboard now. */
interface Turn {
  readonly part: (part: Part) => void;
  readonly suspend: () => void;
  /** Ends it. */
  readonly stop: (failure: Failure) => void;
}

/** Runs `work` while the keyboard is its own. What it gets rejects where the turn is ended. */
type TakeTurn = <Result>(turn: Omit<Turn, 'stop'>, work: (stopped: Promise<never>) => Promise<Result>) => Promise<Result>;

function interrupted(how: string, exitCode: number = interruptionCodes.SIGINT): Failure {
  return new Failure({ code: 'INTERRUPTED', message: `Interrupted (${how}).`, fix: 'Run the same command again when you are ready.', exitCode });
}

/** @returns `null` where it was suspended meanwhile */
async function askOnce<Answer>(takeTurn: TakeTurn, listen: Listen, ask: Ask<Answer>): Promise<{ readonly answer: Answer } | null> {
  const keys = new PassThrough();
  const abort = new AbortController();
  let failure: unknown;
  let suspended = false;
  const suspend = (): void => {
    suspended = true;
    abort.abort();
  };
  return await takeTurn({ part: (part) => listen(part, keys), suspend }, async (stopped) => {
    stopped.catch((reason: unknown) => {
      failure = reason;
      abort.abort();
    });
    try {
      return { answer: await ask(keys, abort.signal) };
    } catch (error) {
      if (failure === undefined && suspended) return null;
      throw failure ?? error;
    }
  });
}

/** Whose turn it is. One question may be asked within another's work: a code, while credentials are proved. */
function openTurns(): { readonly current: () => Turn | null; readonly take: TakeTurn } {
  let current: Turn | null = null;
  return {
    current: () => current,
    async take(turn, work) {
      const around = current;
      const stopped = new Promise<never>((_resolve, reject) => { current = { ...turn, stop: reject }; });
      stopped.catch(() => undefined);
      try {
        return await work(stopped);
      } finally {
        current = around;
      }
    },
  };
}

/** @param input a terminal, which nothing else reads until the keyboard is closed */
export function openKeyboard(input: ReadStream, output: WriteStream): Keyboard {
  const { current, take } = openTurns();
  let ended: Failure | null = null;
  const rawMode = startRawMode(input, output);
  /** A question ends by it; between questions it is for whoever else listens, or ends the process. */
  const onSignal = (signal: NodeJS.Signals): void => {
    const turn = current();
    if (turn !== null) return turn.stop(interrupted(signal, interruptionCodes[signal as InterruptingSignal]));
    restore();
    process.kill(process.pid, signal);
  };
  const restore = (): void => {
    for (const signal of interruptingSignals) process.off(signal, onSignal);
    rawMode.end();
  };
  for (const signal of interruptingSignals) process.on(signal, onSignal);
  const heard = hearInput(input, {
    part: (part) => current()?.part(part),
    stop(how) {
      const turn = current();
      if (turn === null) onSignal('SIGINT');
      else turn.stop(interrupted(how));
    },
    suspend: () => current()?.suspend(),
    end() {
      ended = interrupted('the terminal is gone');
      current()?.stop(ended);
    },
  });
  return {
    async during(listen, ask) {
      await heard.drained();
      for (;;) {
        if (ended !== null) throw ended;
        const asked = await askOnce(take, listen, ask);
        if (asked !== null) return asked.answer;
        await rawMode.suspend();
      }
    },
    busy: async (work) => await take({ part: () => undefined, suspend: () => void rawMode.suspend() }, (stopped) => Promise.race([work(), stopped])),
    async close() {
      await heard.drained();
      heard.end();
      restore();
    },
  };
}
