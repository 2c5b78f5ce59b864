import { Writable } from 'node:stream';
import type { CheckResult } from '../checks/check';
import { redact, redactBytes } from '../secrets/redact';
import { checkLine, failureText, seeAbove, type Report } from './report';
import { startSpinner, type Spinner } from './spinner';
import type { Style } from './style';

/** Where a run writes. All of it passes through redaction by value. */
export interface Screen {
  readonly style: Style;
  /** One or more lines for a person. Silent with `--json`. */
  line(text?: string): void;
  /** @param tookMs how long it was waited for */
  check(result: CheckResult, tookMs?: number): void;
  /** Says to a person at a terminal that `what` goes on while `work` runs. Nothing else may write there meanwhile but this screen and what is `beside` it. */
  busy<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** `stream`, for what a child prints while this screen is busy. */
  beside(stream: Writable): Writable;
  failure(failure: { readonly code: string; readonly message: string; readonly fix: string }): void;
  /** The result of a command, in no other words, on standard output: the body of a call. */
  result(bytes: Buffer | string): void;
}

/** The streams of a screen, and how text is set on them. */
export interface ScreenInit {
  readonly style: Style;
  /** Of `stderr`, where it is another: one of the two may be a file. */
  readonly errorStyle?: Style;
  readonly stdout: { write(text: string | Buffer): unknown };
  /** Where results go, if not to `stdout`: then what is said on the way stays out of a pipe. */
  readonly results?: { write(bytes: string | Buffer): unknown };
  readonly stderr: { write(text: string | Buffer): unknown };
}

/** Lines for a person: the checklist and the plan on `stdout`, failures on `stderr`. */
export function textScreen({ style, errorStyle = style, stdout, results = stdout, stderr }: ScreenInit): Screen {
  const waiting = waitingLine(style, stdout);
  let afterChecks = false; // a failure stands apart from the checklist
  const line = (text = ''): void => {
    afterChecks = false;
    waiting.print(stdout, `${style.spell(redact(text))}\n`);
  };
  const inOneWindow = style.columns !== null && errorStyle.columns !== null;
  const failed = new Map<string, CheckResult>();
  return {
    style,
    line,
    check(result, tookMs) {
      if (result.status === 'fail') failed.set(result.message, result);
      line(checkLine(result, style, tookMs));
      afterChecks = true;
    },
    failure(failure) {
      const check = inOneWindow ? failed.get(failure.message) : undefined;
      const text = check === undefined ? failureText(failure, errorStyle) : seeAbove(failure, check.id, errorStyle);
      waiting.end();
      stderr.write(`${afterChecks && inOneWindow ? '\n' : ''}${errorStyle.spell(redact(text))}\n`);
    },
    result: (bytes) => { waiting.print(results, typeof bytes === 'string' ? redact(bytes) : redactBytes(bytes)); },
    busy: (what, work) => waiting.during(what, work),
    beside: (stream) => (style.frames.length === 0 ? stream : new Writable({ write: (chunk: Buffer, _encoding, done) => { waiting.print({ write: (bytes) => stream.write(bytes, done) }, chunk); } })),
  };
}

/** What is said of a wait: in a line that moves, or where nothing may move in one that stays, once a second has passed. */
function waitingLine(style: Style, terminal: ScreenInit['stdout']) {
  let spinner: Spinner | null = null;
  let over = false;
  const stop = (): void => {
    spinner?.stop();
    spinner = null;
  };
  const started = (what: string): (() => void) => {
    if (style.columns === null || over) return nothing;
    if (style.frames.length === 0) {
      const timer = setTimeout(() => { terminal.write(style.spell(`${what} …\n`)); }, 1000);
      return () => clearTimeout(timer);
    }
    spinner = startSpinner({ style, write: (text) => { terminal.write(text); }, what });
    return stop;
  };
  return {
    /** For good: the run has ended, whatever still goes on. */
    end(): void {
      over = true;
      stop();
    },
    print(to: ScreenInit['stdout'], text: string | Buffer): void {
      spinner?.giveWay(text.toString());
      to.write(text);
    },
    async during<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
      const ended = spinner === null ? started(what) : nothing; // one within another's work
      try {
        return await work();
      } finally {
        ended();
      }
    },
  };
}

function nothing(): void {
  // With --json there is one object, and nothing else; elsewhere nothing was started.
}

/** With `--json` nothing is printed on the way: the report comes at the end. */
export function silentScreen(style: Style): Screen {
  return { style, line: nothing, check: nothing, failure: nothing, result: nothing, busy: (_what, work) => work(), beside: (stream) => stream };
}

/** The one object of `--json`, on one line. */
export function reportJson(report: Report): string {
  return `${redact(JSON.stringify(report))}\n`;
}
