import type { CheckResult } from '../checks/check';
import { redact } from '../secrets/redact';
import { checkLine, failureText, type Report } from './report';
import type { Style } from './style';

/** Where a run writes. Everything passes through redaction by value. */
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
  readonly stdout: { write(text: string | Buffer): unknown };
  readonly stderr: { write(text: string | Buffer): unknown };
}

/** Lines for a person: the checklist and the plan on `stdout`, failures on `stderr`. */
export function textScreen({ style, stdout, stderr }: ScreenInit): Screen {
  const line = (text = ''): void => { stdout.write(`${redact(text)}\n`); };
  return {
    style,
    line,
    check: (result) => line(checkLine(result, style)),
    failure: (failure) => { stderr.write(`${redact(failureText(failure, style))}\n`); },
    result: (bytes) => { stdout.write(bytes); },
  };
}

/** With `--json` nothing is printed on the way: the report comes at the end. */
export function silentScreen(style: Style): Screen {
  const nothing = (): void => undefined;
  return { style, line: nothing, check: nothing, failure: nothing, result: nothing };
}

/** The one object of `--json`, on one line. */
export function reportJson(report: Report): string {
  return `${redact(JSON.stringify(report))}\n`;
}
