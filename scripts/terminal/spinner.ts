import type { Style } from './style';

export interface SpinnerInit {
  readonly style: Pick<Style, 'dim' | 'columns' | 'frames' | 'spell'>;
  /** To the terminal, as it is. */
  readonly write: (text: string) => void;
  /** What is waited for: `Asking AWS STS whose the credentials are`. */
  readonly what: string;
}

/** One line that says what is waited for. */
export interface Spinner {
  /** Takes the line away for something else that is about to be printed; it comes back below what ended with a line break. */
  giveWay(text: string): void;
  /** Takes the line away for good. */
  stop(): void;
}

const clearLine = '\r\u001b[2K';

/** In milliseconds. What is done before it appears needs none. */
const patience = 200;
const interval = 80;

/** Starts one, where the style has frames to draw. */
export function startSpinner({ style, write, what }: SpinnerInit): Spinner {
  const started = performance.now();
  let drawn = 0;
  let [shown, atLineStart] = [false, true];
  const clear = (): void => {
    if (shown) write(clearLine);
    shown = false;
  };
  const draw = (): void => {
    const elapsed = performance.now() - started;
    if (elapsed < patience || !atLineStart) return;
    const seconds = Math.floor(elapsed / 1000);
    const text = style.spell(`${style.frames[drawn++ % style.frames.length]} ${what} …${seconds === 0 ? '' : ` ${seconds} s`}`);
    write(clearLine + style.dim(text.slice(0, (style.columns ?? 80) - 1))); // a second line would stay
    shown = true;
  };
  const timer = setInterval(draw, interval);
  return {
    giveWay(text) {
      clear();
      atLineStart = text.endsWith('\n');
    },
    stop() {
      clearInterval(timer);
      clear();
    },
  };
}
