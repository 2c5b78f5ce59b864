import { Transform } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** What an app says of a command line that it cannot go on with: what is wrong, then a command that would do. */
export interface UsageOfApp {
  readonly message: string;
  readonly fix: string;
}

/** A stream that takes such words out. */
export interface UsageFilter {
  readonly stream: Transform;
  /** What the app said, once the stream has ended; `null` where it said no such thing. */
  readonly said: () => UsageOfApp | null;
}

const beginning = /^Usage: (.+)$/;
/** CDK's own last word on it. */
const ending = /Subprocess exited with error 2\b/;

function understood(text: string): UsageOfApp | null {
  const lines = stripVTControlCharacters(text).split('\n').map((line) => line.trim());
  const last = lines.findIndex((line) => ending.test(line));
  const message = beginning.exec(lines[0] ?? '')?.[1];
  const fix = lines.slice(1, Math.max(last, 1)).join('\n').trim();
  return last === -1 || message === undefined || fix === '' ? null : { message, fix };
}

/**
 * Understands an app that refuses its command line as programs do: a line that begins with `Usage: `, below it a
 * command that would do, exit code 2. That is then no failure of CDK. Takes those lines out, and lets all others pass.
 */
export function usageOfApp(): UsageFilter {
  const decoder = new TextDecoder();
  let rest = '';
  /** All from the line on that could be the beginning; `null` before. */
  let held: string | null = null;
  let said: UsageOfApp | null = null;
  const passed = (line: string): string => {
    if (held === null && beginning.test(stripVTControlCharacters(line).trimEnd())) held = '';
    if (held === null) return line;
    held += line;
    return '';
  };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/(?<=\n)/);
      rest = lines.at(-1)?.endsWith('\n') === false ? lines.pop() ?? '' : '';
      done(null, lines.map(passed).join(''));
    },
    flush(done) {
      const last = passed(rest);
      said = understood(held ?? '');
      done(null, said === null ? last + (held ?? '') : last);
    },
  });
  return { stream, said: () => said };
}
