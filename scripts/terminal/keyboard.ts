import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as turn } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import { Failure } from '../failures/failure';
import { interruptingSignals, interruptionCodes, type InterruptingSignal } from '../process/interruptions';
import { inputSorter, type Part } from './input-parts';

/** Milliseconds of silence after which a burst of characters is a paste that has ended. */
const quiet = 30;
/** The same for a paste that the terminal marked, and whose end mark never came. */
const lost = 2_000;

const startMarkingPastes = '\u001b[?2004h';
const stopMarkingPastes = '\u001b[?2004l';
const showCursor = '\u001b[?25h';

/**
 * Owns the terminal's input while a person may be asked: echo is off, so that what is typed between two questions
 * is shown nowhere, and it is dropped, so that it answers nothing.
 */
export interface Keyboard {
  /**
   * Hands parts of the input to `listen` while `ask` runs. Ctrl-C and Ctrl-D abort its signal and reject. Ctrl-Z gives
   * the terminal to the shell; afterwards it asks anew.
   */
  during<Answer>(listen: (part: Part, keys: PassThrough) => void, ask: (keys: PassThrough, stop: AbortSignal) => Promise<Answer>): Promise<Answer>;
  /** Drops the input while `work` runs. Ctrl-C and Ctrl-D reject. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives the terminal back as it was. */
  close(): Promise<void>;
}

function stopped(how: string, exitCode: number = interruptionCodes.SIGINT): Failure {
  return new Failure({ code: 'INTERRUPTED', message: `Interrupted (${how}).`, fix: 'Run the same command again when you are ready.', exitCode });
}

const suspendKey = '\u001a';

const stopKeys: Readonly<Record<string, string>> = { '\u0003': 'Ctrl-C', '\u0004': 'Ctrl-D' };

/** What in `part` stops the run: a key, not a character of a marked paste. */
function stopIn(part: Part): string | undefined {
  if (part.kind === 'paste' && part.marked) return undefined;
  return Object.entries(stopKeys).find(([key]) => part.text.includes(key))?.[1];
}

interface Listening {
  readonly part: (part: Part) => void;
  readonly stop: (failure: Failure) => void;
  readonly suspend: () => void;
}

/** @param input a terminal, which nothing else reads until the keyboard is closed */
export function openKeyboard(input: ReadStream, output: WriteStream): Keyboard {
  const sorter = inputSorter();
  const decoder = new StringDecoder('utf8');
  let listening: Listening | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ended: Failure | null = null;
  let settled: (() => void) | undefined;

  const stop = (how: string): void => {
    if (listening === null) onSignal('SIGINT');
    else listening.stop(stopped(how));
  };
  const deliver = (parts: readonly Part[]): void => {
    for (const part of parts) {
      const how = stopIn(part);
      if (how === undefined) listening?.part(part);
      else stop(how);
    }
    if (sorter.holds() === 'nothing') settled?.();
  };
  const onData = (chunk: Buffer): void => {
    clearTimeout(timer);
    const text = decoder.write(chunk);
    const key = stopKeys[text];
    if (key !== undefined) return stop(key);
    if (text === suspendKey) return listening?.suspend();
    deliver(sorter.add(text));
    if (sorter.holds() !== 'nothing') timer = setTimeout(() => deliver(sorter.settle()), sorter.holds() === 'burst' ? quiet : lost);
  };
  const onEnd = (): void => {
    ended = stopped('the terminal is gone');
    listening?.stop(ended);
  };
  const drain = async (): Promise<void> => {
    await turn();
    await turn();
    if (sorter.holds() !== 'nothing') await new Promise<void>((resolve) => { settled = resolve; });
    settled = undefined;
  };
  let open = false;
  const take = (): void => {
    open = true;
    input.setRawMode(true);
    output.write(startMarkingPastes);
  };
  const giveBack = (): void => {
    if (!open) return;
    open = false;
    input.setRawMode(false);
    output.write(stopMarkingPastes + showCursor);
  };
  const restore = (): void => {
    for (const signal of interruptingSignals) process.off(signal, onSignal);
    giveBack();
  };
  /** As Ctrl-Z does where nobody reads it: the whole job stops, and goes on here with the shell's `fg`. */
  const suspend = async (): Promise<void> => {
    giveBack();
    process.kill(0, 'SIGTSTP');
    await turn();
    take();
  };
  /** A shell sets the terminal its own way while we are stopped. */
  const onContinued = (): void => {
    if (!open) return;
    input.setRawMode(false);
    take();
  };
  /** A question ends by it; between questions it is for whoever else listens, or ends the process. */
  const onSignal = (signal: NodeJS.Signals): void => {
    if (listening !== null) return listening.stop(stopped(signal, interruptionCodes[signal as InterruptingSignal]));
    restore();
    process.kill(process.pid, signal);
  };
  /** One question may be asked within another's work: a code, while credentials are proved. */
  const listen = async <Result>(heard: Omit<Listening, 'stop'>, work: (failed: Promise<never>) => Promise<Result>): Promise<Result> => {
    const around = listening;
    const failed = new Promise<never>((_resolve, reject) => { listening = { ...heard, stop: reject }; });
    failed.catch(() => undefined);
    try {
      return await work(failed);
    } finally {
      listening = around;
    }
  };
  /** @returns `null` where it was suspended meanwhile */
  const askOnce = async <Answer>(onPart: (part: Part, keys: PassThrough) => void, ask: (keys: PassThrough, stop: AbortSignal) => Promise<Answer>): Promise<{ readonly answer: Answer } | null> => {
    const keys = new PassThrough();
    const abort = new AbortController();
    let failure: unknown;
    let suspended = false;
    const onSuspend = (): void => {
      suspended = true;
      abort.abort();
    };
    return await listen({ part: (part) => onPart(part, keys), suspend: onSuspend }, async (failed) => {
      failed.catch((reason: unknown) => {
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
  };

  take();
  input.on('data', onData).on('end', onEnd).on('error', onEnd).resume();
  process.on('exit', restore);
  process.on('SIGCONT', onContinued);
  for (const signal of interruptingSignals) process.on(signal, onSignal);
  return {
    async during(onPart, ask) {
      await drain();
      for (;;) {
        if (ended !== null) throw ended;
        const asked = await askOnce(onPart, ask);
        if (asked !== null) return asked.answer;
        await suspend();
      }
    },
    busy: async (work) => await listen({ part: () => undefined, suspend: () => void suspend() }, (failed) => Promise.race([work(), failed])),
    async close() {
      await drain();
      input.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
      clearTimeout(timer);
      restore();
      process.off('exit', restore).off('SIGCONT', onContinued);
    },
  };
}
