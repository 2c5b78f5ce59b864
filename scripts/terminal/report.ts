import type { CheckResult } from '../checks/check';
import type { SourceLook } from '../credentials/find';
import type { Region, SourceName } from '../credentials/source';
import { checkIds } from '../failures/check-ids';
import type { FailureCode } from '../failures/exit-codes';
import type { Identity } from '../identity/identity';
import { redact } from '../secrets/redact';
import { duration } from './duration';
import type { Style } from './style';
import { hangingIndent, wrap } from './wrap';

/** What `--json` prints: the one object of a run. Its shape is a contract. */
export interface Report {
  readonly ok: boolean;
  /** The name of the environment of cdk.json that the run is for; absent where it is for none. */
  readonly environment?: string;
  readonly identity: Identity | null;
  readonly region: Region | null;
  readonly credentials: ReportedCredentials | null;
  /** Only with `--verbose`. */
  readonly sources?: readonly SourceLook[];
  readonly checks: readonly Pick<CheckResult, 'id' | 'status' | 'message' | 'fix'>[];
  readonly error: { readonly code: FailureCode; readonly message: string; readonly fix: string } | null;
  readonly exitCode: number;
  readonly durationMs: number;
}

/** What the report says of the credentials: nothing that opens anything. */
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

const idColumn = Math.max(...checkIds.map(({ length }) => length));

/** Below this many columns messages go on at the margin. */
const narrow = 60;

/** What a person did on purpose gets one calm line. */
const calm: ReadonlySet<string> = new Set(['INTERRUPTED', 'DECLINED']);

/**
 * What may have come from others (a path in a repository, a server's answer): what would move the cursor or rename the
 * window is spelled out. Redacted first, since escape sequences that divide a secret do not hide it, and their spelling would.
 */
function harmless(text: string): string {
  return redact(text).replaceAll(/(?![\n\t]|\r\n)\p{Cc}/gu, (control) => String.raw`\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** One line of the checklist, with its fix below where there is one. A person who had to wait for it is told how long, in milliseconds. */
export function checkLine(told: CheckResult, style: Style, tookMs = 0): string {
  const result = { ...told, message: harmless(told.message), fix: told.fix === null ? null : harmless(told.fix) };
  const paint = { pass: style.good, warn: style.caution, fail: style.bad, skip: style.dim }[result.status];
  const sign = style.sign[result.status];
  const signColumn = Math.max(style.sign.pass.length, style.sign.warn.length, style.sign.fail.length, style.sign.skip.length);
  const taken = signColumn + idColumn + 2;
  const wide = style.columns === null || style.columns >= narrow;
  const indent = wide ? hangingIndent(result.message, style.columns, taken, 2) : '  ';
  const waited = style.columns !== null && tookMs >= 1000 ? ` (${duration(tookMs)})` : '';
  const message = wrap(`${result.message}${waited}`, style.columns, indent, taken);
  const head = `${paint(sign)}${' '.repeat(signColumn - sign.length)} ${message.startsWith('\n') ? result.id : `${result.id.padEnd(idColumn)} `}`;
  return `${head}${result.status === 'skip' ? style.dim(message) : message}${result.fix === null ? '' : `\n${indent}${nextStep(result.fix, style, indent)}`}`;
}

/** A failure in the order in which a person needs it: what happened and why, then what to do. */
export function failureText(told: { readonly code: string; readonly message: string; readonly fix: string }, style: Style): string {
  const failure = { ...told, message: harmless(told.message), fix: harmless(told.fix) };
  if (calm.has(failure.code)) return wrap(failure.message, style.columns);
  return `${style.bad(style.bold(failure.code))} ${wrap(fittingTable(failure.message, style.columns), style.columns, '', failure.code.length + 1)}\n${nextStep(failure.fix, style, '')}`;
}

/** A line of a table of two columns in a message. */
const tableLine = /^ {2}(\S.*?) {2,}(\S.*)$/;

/** `text`, the table in it as `title: why` where the window is too narrow for one of its lines. */
export function fittingTable(text: string, columns: number | null): string {
  const lines = text.split('\n');
  if (columns === null || lines.every((line) => line.length <= columns || !tableLine.test(line))) return text;
  return lines.map((line) => line.replace(tableLine, (_line, title: string, why: string) => `  ${wrap(`${title}: ${why}`, columns, '    ', 2)}`)).join('\n');
}

/** In place of {@link failureText}, for a failure whose check stands above with all that there is to say. */
export function seeAbove({ code }: { readonly code: string }, id: string, style: Style): string {
  return `${style.bad(style.bold(code))} See ${id} above.`;
}

/** The programs of commands that are shown. */
const program = '(?:npm|npx|nvm|aws|git|gitleaks|gh|ssh|export|unset|eval|chmod|printf|echo|ls|rm|cp) ';

/** How lines begin that are to be copied into a shell. */
const command = new RegExp(`^${program}`);

/** The end of what is said before a command. */
const beforeCommand = new RegExp(`(?<=:) (?=${program})`);

/** What to do next. Commands are left whole, so that they can be copied: one that does not fit behind what is said before it moves below, and so does a remark in brackets behind one. */
export function nextStep(fix: string, style: Style, indent: string): string {
  const hanging = `${indent}${' '.repeat(style.sign.next.length + 1)}`;
  const parts = fix.split('\n').flatMap((line) => (style.columns !== null && hanging.length + line.length > style.columns ? line.split(beforeCommand) : [line]));
  const lines = parts.map((line) => (command.test(line) ? commandLine(line, style, hanging) : wrap(line, style.columns, hanging)));
  return `${style.sign.next} ${lines.map((line, index) => (index === 0 || line === '' ? line : hanging + line)).join('\n')}`;
}

/** A command, left whole; `hanging` is what the line below begins with. */
export function commandLine(line: string, { columns }: Pick<Style, 'columns'>, hanging: string): string {
  const [, copied = line, remark] = /^(.*?) {2,}(\(.*\))$/.exec(line) ?? [];
  if (columns === null || remark === undefined || hanging.length + line.length <= columns) return line;
  return `${copied}\n${hanging}${wrap(remark, columns, hanging)}`;
}
