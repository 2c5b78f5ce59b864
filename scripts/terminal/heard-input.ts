import { StringDecoder } from 'node:string_decoder';
import { setImmediate as turn } from 'node:timers/promises';
import type { ReadStream } from 'node:tty';
import { inputSorter, type Part } from './input-parts';

/** Milliseconds of silence after which a burst of characters is a paste that has ended. */
const quiet = 30;
/** The same for a paste that the terminal marked, and whose end mark never came. */
const lost = 2_000;

const suspendKey = '\u001a';

const stopKeys: Readonly<Record<string, string>> = { '\u0003': 'Ctrl-C', '\u0004': 'Ctrl-D' };

/** What in `part` stops the run: a key, not a character of a marked paste. */
function stopIn(part: Part): string | undefined {
  if (part.kind === 'paste' && part.marked) return undefined;
  return Object.entries(stopKeys).find(([key]) => part.text.includes(key))?.[1];
}

/** Who hears what comes from a terminal. */
export interface Listener {
  readonly part: (part: Part) => void;
  /** @param how the key: `Ctrl-C` */
  readonly stop: (how: string) => void;
  readonly suspend: () => void;
  /** The terminal is gone. */
  readonly end: () => void;
}

/** A terminal that is listened to. */
export interface HeardInput {
  /** Settles when all has been told that came so far. */
  drained(): Promise<void>;
  /** Ends the listening, and lets the input rest. */
  end(): void;
}

/** Tells `listener` what comes from a terminal in raw mode, in the parts that a person means. */
export function hearInput(input: ReadStream, listener: Listener): HeardInput {
  const sorter = inputSorter();
  const decoder = new StringDecoder('utf8');
  let timer: NodeJS.Timeout | undefined;
  let settled: (() => void) | undefined;
  const deliver = (parts: readonly Part[]): void => {
    for (const part of parts) {
      const how = stopIn(part);
      if (how === undefined) listener.part(part);
      else listener.stop(how);
    }
    if (sorter.holds() === 'nothing') settled?.();
  };
  const onData = (chunk: Buffer): void => {
    clearTimeout(timer);
    const text = decoder.write(chunk);
    const key = stopKeys[text];
    if (key !== undefined) return listener.stop(key);
    if (text === suspendKey) return listener.suspend();
    deliver(sorter.add(text));
    if (sorter.holds() !== 'nothing') timer = setTimeout(() => deliver(sorter.settle()), sorter.holds() === 'burst' ? quiet : lost);
  };
  input.on('data', onData).on('end', listener.end).on('error', listener.end).resume();
  return {
    async drained() {
      await turn();
      await turn();
      if (sorter.holds() !== 'nothing') await new Promise<void>((resolve) => { settled = resolve; });
      settled = undefined;
    },
    end() {
      input.off('data', onData).off('end', listener.end).off('error', listener.end).pause();
      clearTimeout(timer);
    },
  };
}
