import type { CheckResult } from '../checks/check';
import type { Region, SourceName } from '../credentials/source';
import type { FailureCode } from '../failures/exit-codes';
import type { Identity } from '../identity/identity';
import type { Style } from './style';
import { wrap } from './wrap';

/** What `--json` prints: the one object of a run. Its shape is a contract. */
export interface Report {
  readonly ok: boolean;
  readonly identity: Identity | null;
  readonly region: Region | null;
  readonly credentials: ReportedCredentials | null;
  readonly checks: readonly Pick<CheckResult, 'id' | 'status' | 'message' | 'fix'>[];
  readonly error: { readonly code: FailureCode; readonly message: string; readonly fix: string } | null;
  readonly exitCode: number;
  readonly durationMs: number;
}

export interface ReportedCredentials {
  readonly source: SourceName;
  readonly profile: string | null;
  readonly kind: 'long-term' | 'temporary';
  /** Masked: first four and last four characters. */
  readonly accessKeyId: string;
  /** ISO 8601. */
  readonly expiration: string | null;
  readonly shadowed: readonly string[];
}

const idColumn = 12;

/** What a person did on purpose gets one calm line. */
const calm: ReadonlySet<string> = new Set(['INTERRUPTED', 'DECLINED']);

/** One line of the checklist, with its fix below where there is one. */
export function checkLine(result: CheckResult, style: Style): string {
  const paint = { pass: style.good, warn: style.caution, fail: style.bad, skip: style.dim }[result.status];
  const sign = style.sign[result.status];
  const signColumn = style.sign.fail.length === 1 ? 1 : 7;
  const head = `${paint(sign)}${' '.repeat(signColumn - sign.length)} ${result.id.padEnd(idColumn)} `;
  const indent = ' '.repeat(signColumn + idColumn + 2);
  const hanging = style.columns === null || style.columns >= 60 ? indent : '  ';
  const message = wrap(result.message, style.columns === null ? null : style.columns - (indent.length - hanging.length), hanging);
  return `${head}${result.status === 'skip' ? style.dim(message) : message}${result.fix === null ? '' : `\n${hanging}${nextStep(result.fix, style, hanging)}`}`;
}

/** A failure in the order in which a person needs it: what happened and why, then what to do. */
export function failureText(failure: { readonly code: string; readonly message: string; readonly fix: string }, style: Style): string {
  if (calm.has(failure.code)) return wrap(failure.message, style.columns);
  return `${style.bad(style.bold(failure.code))} ${wrap(failure.message, style.columns)}\n${nextStep(failure.fix, style, '')}`;
}

/** What to do next. Several lines stand as they are, so that they can be copied. */
export function nextStep(fix: string, style: Style, indent: string): string {
  return `${style.sign.next} ${wrap(fix, style.columns, `${indent}${' '.repeat(style.sign.next.length + 1)}`)}`;
}
