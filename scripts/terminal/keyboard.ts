import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as turn } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';
import { Failure } from '../failures/failure';
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
  /** Hands parts of the input to `listen` while `ask` runs. Ctrl-C and Ctrl-D abort its signal and reject. */
  during<Answer>(listen: (part: Part, keys: PassThrough) => void, ask: (keys: PassThrough, stop: AbortSignal) => Promise<Answer>): Promise<Answer>;
  /** Drops the input while `work` runs. Ctrl-C and Ctrl-D reject. */
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Gives the terminal back as it was. */
  close(): Promise<void>;
}

/** The signals that end a run, with the exit codes that shells give them. */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

function stopped(how: string, exitCode: number = signals.SIGINT): Failure {
  return new Failure({ code: 'INTERRUPTED', message: `Stopped (${how}).`, fix: 'Run the same command again when you are ready.', exitCode });
}

const stopKeys: Readonly<Record<string, string>> = { '\u0003': 'Ctrl-C', '\u0004': 'Ctrl-D' };

/** What in `part` stops the run: a key, not a character of a marked paste. */
function stopIn(part: Part): string | undefined {
  if (part.kind === 'paste' && part.marked) return undefined;
  return Object.entries(stopKeys).find(([key]) => part.text.includes(key))?.[1];
}

interface Listening {
  readonly part: (part: Part) => void;
  readonly stop: (failure: Failure) => void;
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
  let open = true;
  const restore = (): void => {
    if (!open) return;
    open = false;
    for (const signal of Object.keys(signals)) process.off(signal, onSignal);
    input.setRawMode(false);
    output.write(stopMarkingPastes + showCursor);
  };
  /** A question ends by it; between questions it is for whoever else listens, or ends the process. */
  const onSignal = (signal: NodeJS.Signals): void => {
    if (listening !== null) return listening.stop(stopped(signal, signals[signal as keyof typeof signals]));
    restore();
    process.kill(process.pid, signal);
  };
  const listen = async <Result>(part: Listening['part'], work: (failed: Promise<never>) => Promise<Result>): Promise<Result> => {
    const failed = new Promise<never>((_resolve, reject) => { listening = { part, stop: reject }; });
    failed.catch(() => undefined);
    try {
      return await work(failed);
    } finally {
      listening = null;
    }
  };

  input.setRawMode(true);
  output.write(startMarkingPastes);
  input.on('data', onData).on('end', onEnd).on('error', onEnd).resume();
  process.on('exit', restore);
  for (const signal of Object.keys(signals)) process.on(signal, onSignal);
  return {
    async during(onPart, ask) {
      await drain();
      if (ended !== null) throw ended;
      const keys = new PassThrough();
      const abort = new AbortController();
      let failure: unknown;
      return await listen((part) => onPart(part, keys), async (failed) => {
        failed.catch((reason: unknown) => {
          failure = reason;
          abort.abort();
        });
        try {
          return await ask(keys, abort.signal);
        } catch (error) {
          throw failure ?? error;
        }
      });
    },
    busy: async (work) => await listen(() => undefined, (failed) => Promise.race([work(), failed])),
    async close() {
      await drain();
      input.off('data', onData).off('end', onEnd).off('error', onEnd).pause();
      clearTimeout(timer);
      restore();
      process.off('exit', restore);
    },
  };
}
