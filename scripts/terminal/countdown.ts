import type { Style } from './style';

/** What is waited for, and where that is shown. */
export interface CountdownInit {
  readonly style: Pick<Style, 'dim' | 'columns' | 'spell'>;
  /** To the terminal, as it is. */
  readonly write: (text: string) => void;
  readonly until: Date;
  /** What is waited for: `Waiting for the browser`. */
  readonly what: string;
}

const clearLine = '\r\u001b[2K';

/** `9:05` */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Shows in one line how much time is left, anew each second. @returns what takes the line away again */
export function startCountdown({ style, write, until, what }: CountdownInit): () => void {
  const draw = (): void => {
    const left = `${minutesAndSeconds(until.getTime() - Date.now())} left`;
    const texts = [`${what} … ${left}, Ctrl-C stops`, `${what} … ${left}`].map(style.spell);
    write(clearLine + style.dim(texts.find((text) => text.length < (style.columns ?? 80)) ?? left)); // a second line would stay
  };
  draw();
  const timer = setInterval(draw, 1000);
  return () => {
    clearInterval(timer);
    write(clearLine);
  };
}
