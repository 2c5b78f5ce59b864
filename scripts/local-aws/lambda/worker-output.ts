import type { Readable } from 'node:stream';

/** Gets lines without their ends. */
export type Listener = (line: string) => void;

/** Lines between a process and who reads what it writes. */
export interface LineQueue {
  readonly add: Listener;
  /** Hands lines over as they come, first those that nobody took. */
  follow(listener: Listener): void;
  /** Keeps lines for the next who follows. */
  unfollow(): void;
}

/** Lines for whoever listens, kept while nobody does. */
export function lineQueue(): LineQueue {
  const kept: string[] = [];
  let listener: Listener | null = null;
  return {
    add(line) {
      if (listener === null) kept.push(line);
      else listener(line);
    },
    follow(next) {
      listener = next;
      for (const line of kept.splice(0)) next(line);
    },
    unfollow() {
      listener = null;
    },
  };
}

/**
 * Reads lines, and the marks that the runtime writes between them. A line ends with a line feed alone: a carriage return
 * is how Lambda keeps the lines of one message together.
 */
export function readLines(stream: Readable, add: Listener, marked: (id: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length <= longestLine) return;
    take(rest);
    rest = '';
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
  function take(line: string): void {
    const at = line.indexOf('\0');
    const id = line.slice(at + 1);
    if (at === -1 || !markOf.test(id)) {
      add(line);
      return;
    }
    // What ended without a line feed stands before the mark.
    if (at > 0) add(line.slice(0, at));
    marked(id);
  }
}

/** Characters. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const longestLine = 1024 * 1024;

/** Request ids. A function may write a NUL of its own. */
const markOf = /^[0-9a-z-]+$/;

/** Counts the marks of an invocation: one on each of its two pipes. */
export function markCounter(): { readonly add: (id: string) => void; readonly both: (id: string) => Promise<void> } {
  const marks = new Map<string, { left: number; done: () => void }>();
  const of = (id: string): { left: number; done: () => void } => {
    const mark = marks.get(id) ?? { left: 2, done: () => {} };
    marks.set(id, mark);
    return mark;
  };
  return {
    add(id) {
      const mark = of(id);
      mark.left -= 1;
      if (mark.left === 0) mark.done();
    },
    async both(id) {
      await new Promise<void>((done) => {
        const mark = of(id);
        mark.done = done;
        if (mark.left === 0) done();
      });
      marks.delete(id);
    },
  };
}
