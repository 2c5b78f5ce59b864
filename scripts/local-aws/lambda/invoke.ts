import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Ending } from '../../process/spawn';
import { writeLog } from '../logs/write-log';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import { getFunction, type FunctionRecord } from './functions';
import { acquire, release, retire } from './pool';
import { endLines, startLine } from './report';
import type { Worker, WorkerMessage } from './worker';

export interface Invocation {
  /** JSON. */
  readonly payload: Buffer;
  /** Where the function failed, was stopped or never started. */
  readonly functionError: 'Unhandled' | null;
  readonly timedOut: boolean;
  /** What the invocation logged. */
  readonly lines: readonly string[];
  readonly requestId: string;
}

/** Milliseconds that the initialization may take by itself. */
const initTimeout = 10_000;

/**
 * Runs a function once, and to its end.
 *
 * @param payload JSON
 * @throws AwsError ResourceNotFoundException
 */
export async function invokeFunction(local: LocalAws, region: string, functionName: string, payload: Buffer, requestId: string = randomUUID()): Promise<Invocation> {
  const record = structuredClone(getFunction(local, region, functionName));
  const { worker, cold } = acquire(local, record);
  const lines = [startLine(record, requestId)];
  const started = performance.now();
  const initialized = cold ? await within(worker, initTimeout) : { kind: 'ready' as const };
  const init = cold ? performance.now() - started : null;
  const begun = performance.now();
  const answer = initialized === 'timeout' || initialized.kind !== 'ready' ? initialized : await serve(worker, record, payload, requestId);
  const duration = performance.now() - begun;
  const outcome = judge(record, requestId, answer);
  if (outcome.keep) await worker.drained(requestId);
  else await retire(local, worker);
  lines.push(...worker.takeLines(), ...outcome.lines);
  const memoryUsed = Math.ceil(outcome.memory / 1024);
  lines.push(...endLines({ requestId, record, duration, init, memoryUsed, status: outcome.status }));
  writeLog(local, region, record.logGroup, worker.logStream, lines);
  for (const line of lines) local.log({ kind: 'lambda', text: `${record.name}  ${line}` });
  if (outcome.keep) release(local, record, worker);
  return { payload: Buffer.from(outcome.payload), functionError: outcome.status === 'success' ? null : 'Unhandled', timedOut: outcome.status === 'timeout', lines, requestId };
}

type Answer = WorkerMessage | Ending | 'timeout';

async function serve(worker: Worker, record: FunctionRecord, payload: Buffer, requestId: string): Promise<Answer> {
  const limit = record.timeout * 1000;
  worker.send({ event: payload.toString() || '{}', requestId, deadline: Date.now() + limit, arn: record.arn });
  return within(worker, limit);
}

async function within(worker: Worker, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => { timer = setTimeout(() => resolve('timeout'), milliseconds); });
  try {
    return await Promise.race([worker.next(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

interface Outcome {
  readonly status: 'success' | 'error' | 'failure' | 'timeout';
  readonly payload: string;
  readonly lines: readonly string[];
  /** Whether the process can serve again. */
  readonly keep: boolean;
  /** Kilobytes. */
  readonly memory: number;
}

function judge(record: FunctionRecord, requestId: string, answer: Answer): Outcome {
  if (answer === 'timeout') {
    const text = `Task timed out after ${record.timeout.toFixed(2)} seconds`;
    return failed('timeout', { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: ${text}` }, [`${new Date().toISOString()} ${requestId} ${text}`]);
  }
  if (answer.kind === 'result') return { status: 'success', payload: answer.payload, lines: [], keep: true, memory: answer.memory };
  if (answer.kind === 'error') return { status: 'error', payload: JSON.stringify(answer.report), lines: [], keep: true, memory: answer.memory };
  if (answer.kind === 'init-error' || answer.kind === 'fatal') return failed('error', answer.report, []);
  const errorMessage = `RequestId: ${requestId} Error: ${exitText(answer)}`;
  return failed('failure', { errorType: 'Runtime.ExitError', errorMessage }, [errorMessage]);
}

function failed(status: Outcome['status'], report: JsonObject, lines: readonly string[]): Outcome {
  return { status, payload: JSON.stringify(report), lines, keep: false, memory: 0 };
}

function exitText(answer: Exclude<Answer, 'timeout'>): string {
  if (answer.kind === 'exited') return answer.code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${answer.code}`;
  if (answer.kind === 'killed') return `Runtime exited with error: signal: ${answer.signal === 'SIGKILL' ? 'killed' : answer.signal === 'SIGABRT' ? 'aborted' : answer.signal}`;
  return 'Runtime failed to start';
}
