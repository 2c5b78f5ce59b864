import type { FunctionRecord } from './functions';
import type { Status } from './report';
import type { Answer, ErrorReport } from './worker';

/** What an invocation came to. */
export interface Outcome {
  readonly status: Status;
  /** JSON. */
  readonly payload: string;
  /** Of the log's REPORT. */
  readonly errorType: string | null;
  /** What Lambda itself writes into the log. */
  readonly lines: readonly string[];
  /** Whether the process can serve again. */
  readonly keep: boolean;
  /** Kilobytes. */
  readonly memory: number;
}

/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestResponse = 6 * 1024 * 1024 + 100;

/** @param peak kilobytes, of a process that still runs */
export function outcomeOf(record: FunctionRecord, requestId: string, answer: Answer, peak: number): Outcome {
  if (answer === 'timeout') {
    const text = `Task timed out after ${record.timeout.toFixed(2)} seconds`;
    const report = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${text}` };
    return ended('timeout', report, null, [`${new Date().toISOString()} ${requestId} ${text}`], peak);
  }
  if (answer.kind === 'result') return answered(answer.payload, answer.memory);
  if (answer.kind === 'error') return { status: 'failure', payload: JSON.stringify(answer.report), errorType: answer.report.errorType, lines: [], keep: true, memory: answer.memory };
  if (answer.kind === 'init-error' || answer.kind === 'fatal') return ended('error', answer.report, answer.report.errorType, [], answer.memory);
  const errorMessage = `RequestId: ${requestId} Error: ${exitText(answer)}`;
  const errorType = exitErrorType(answer);
  return ended('error', { errorType: 'Runtime.ExitError', errorMessage }, errorType, [errorMessage], errorType === 'Runtime.OutOfMemory' ? record.memory * 1024 : peak);
}

/** The watching thread alone kills with SIGKILL, where the memory is used up. */
export function exitErrorType(answer: Exclude<Answer, 'timeout'>): string {
  return answer.kind === 'killed' && answer.signal === 'SIGKILL' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
}

function answered(payload: string, memory: number): Outcome {
  if (Buffer.byteLength(payload) <= largestResponse) return { status: 'success', payload, errorType: null, lines: [], keep: true, memory };
  const report = { errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).` };
  return { status: 'failure', payload: JSON.stringify(report), errorType: report.errorType, lines: [], keep: true, memory };
}

function ended(status: Status, report: ErrorReport, errorType: string | null, lines: readonly string[], memory: number): Outcome {
  return { status, payload: JSON.stringify(report), errorType, lines, keep: false, memory };
}

function exitText(answer: Exclude<Answer, 'timeout'>): string {
  if (answer.kind === 'exited') return answer.code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${answer.code}`;
  if (answer.kind === 'killed') return `Runtime exited with error: signal: ${signals[answer.signal] ?? answer.signal}`;
  return 'Runtime failed to start';
}

/** As Go spells them, in which Lambda is written. */
const signals: Readonly<Partial<Record<NodeJS.Signals, string>>> = { SIGKILL: 'killed', SIGABRT: 'aborted', SIGTERM: 'terminated', SIGSEGV: 'segmentation fault' };
