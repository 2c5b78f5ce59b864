import type { CheckResult } from '../checks/check';
import { redact, redactBytes } from '../secrets/redact';
import { checkLine, failureText, seeAbove, type Report } from './report';
import type { Style } from './style';

/** Where a run writes. All but `result` passes through redaction by value. */
export interface Screen {
  readonly style: Style;
  /** One or more lines for a person. Silent with `--json`. */
  line(text?: string): void;
  check(result: CheckResult): void;
  failure(failure: { readonly code: string; readonly message: string; readonly fix: string }): void;
  /** The result of a command, raw, on standard output: the body of a call. */
  result(bytes: Buffer | string): void;
}

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
  const line = (text = ''): void => { stdout.write(`${redact(text)}\n`); };
  const inOneWindow = style.columns !== null && errorStyle.columns !== null;
  const failed = new Map<string, CheckResult>();
  return {
    style,
    line,
    check(result) {
      if (result.status === 'fail') failed.set(result.message, result);
      line(checkLine(result, style));
    },
    failure(failure) {
      const check = inOneWindow ? failed.get(failure.message) : undefined;
      const text = check === undefined ? failureText(failure, errorStyle) : seeAbove(failure, check.id, errorStyle);
      stderr.write(`${redact(text)}\n`);
    },
    result: (bytes) => { results.write(typeof bytes === 'string' ? redact(bytes) : redactBytes(bytes)); },
  };
}

function nothing(): void {
  // With --json there is one object, and nothing else.
}

/** With `--json` nothing is printed on the way: the report comes at the end. */
export function silentScreen(style: Style): Screen {
  return { style, line: nothing, check: nothing, failure: nothing, result: nothing };
}

/** The one object of `--json`, on one line. */
export function reportJson(report: Report): string {
  return `${redact(JSON.stringify(report))}\n`;
}
