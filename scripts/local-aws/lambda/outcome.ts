import type { FunctionRecord } from './functions';
import type { Status } from './report';
import type { ErrorReport } from './runtime-work';
import type { Answer } from './worker';

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

/** @param peak kilobytes */
export function outcomeOf(record: FunctionRecord, requestId: string, answer: Answer, peak: number): Outcome {
  if (answer === 'timeout') {
    const text = `Task timed out after ${record.timeout.toFixed(2)} seconds`;
    const report = { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${text}` };
    return ended('timeout', report, null, [`${new Date().toISOString()} ${requestId} ${text}`], peak);
  }
  if (answer.kind === 'result') return { status: 'success', payload: answer.payload, errorType: null, lines: [], keep: true, memory: peak };
  if (answer.kind === 'error') return { status: 'failure', payload: JSON.stringify(answer.report), errorType: answer.report.errorType, lines: [], keep: true, memory: peak };
  if (answer.kind === 'init-error' || answer.kind === 'fatal') return ended('error', answer.report, answer.report.errorType, [], peak);
  const errorMessage = `RequestId: ${requestId} Error: ${exitText(answer)}`;
  const errorType = exitErrorType(answer);
  return ended('error', { errorType: 'Runtime.ExitError', errorMessage }, errorType, [errorMessage], errorType === 'Runtime.OutOfMemory' ? record.memory * 1024 : peak);
}

/** The watching thread alone kills with SIGKILL, where the memory is used up. */
export function exitErrorType(answer: Exclude<Answer, 'timeout'>): string {
  return answer.kind === 'killed' && answer.signal === 'SIGKILL' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
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
