import { setImmediate as turn } from 'node:timers/promises';
import type { ReadStream, WriteStream } from 'node:tty';

const startMarkingPastes = '\u001b[?2004h';
const stopMarkingPastes = '\u001b[?2004l';
const showCursor = '\u001b[?25h';

/** A terminal that hands over each key at once, echoes none, and marks pastes. */
export interface RawMode {
  /** Gives the terminal back as it was. */
  end(): void;
  /** As Ctrl-Z does where nobody reads it: the whole job stops, and goes on here with the shell's `fg`. */
  suspend(): Promise<void>;
}

/** Takes the terminal until {@link RawMode.end}, or the end of the process. */
export function startRawMode(input: ReadStream, output: WriteStream): RawMode {
  let taken = false;
  const take = (): void => {
    taken = true;
    input.setRawMode(true);
    output.write(startMarkingPastes);
  };
  const giveBack = (): void => {
    if (!taken) return;
    taken = false;
    input.setRawMode(false);
    output.write(stopMarkingPastes + showCursor);
  };
  /** A shell sets the terminal its own way while we are stopped. */
  const onContinued = (): void => {
    if (!taken) return;
    input.setRawMode(false);
    take();
  };
  take();
  process.on('exit', giveBack).on('SIGCONT', onContinued);
  return {
    end() {
      giveBack();
      process.off('exit', giveBack).off('SIGCONT', onContinued);
    },
    async suspend() {
      giveBack();
      process.kill(0, 'SIGTSTP');
      await turn();
      take();
    },
  };
}
