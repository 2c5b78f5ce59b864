import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { LocalAws } from '../service';
import { showLine, writeFunctionLog } from './function-log';
import { getFunction, type FunctionRecord } from './functions';
import { initialize } from './initialize';
import { outcomeOf, type Outcome } from './outcome';
import { acquire, release, retire } from './pool';
import { endLines, startLine, type Status } from './report';
import { traceOf } from './trace';
import { answerWithin, type Answer, type Worker } from './worker';

/** What an invocation came to. */
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

/** Milliseconds. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const usualInitLimit = 10_000;

/** What an invocation may have beyond its payload. */
export interface InvocationInit {
  readonly requestId?: string;
  /** X-Ray's tracing header, of who calls. */
  readonly trace?: string | undefined;
  /** JSON in ASCII. */
  readonly clientContext?: string | null;
  /** Milliseconds that the initialization may take by itself. */
  readonly initLimit?: number;
}

/**
 * Runs a function once, and to its end.
 *
 * @param payload JSON
 * @throws AwsError ResourceNotFoundException
 */
export async function invokeFunction(local: LocalAws, region: string, functionName: string, payload: Buffer, init: InvocationInit = {}): Promise<Invocation> {
  const { requestId = randomUUID(), initLimit = usualInitLimit } = init;
  const record = structuredClone(getFunction(local, region, functionName));
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
    showLine(local, record, line);
  };
  const started = await acquire(local, record);
  started.worker.output.follow(say);
  const { worker, answer: initialized, duration: initDuration } = started.cold ? await initialize(local, record, started.worker, say, initLimit) : { worker: started.worker, answer: null, duration: null };
  say(startLine(record, requestId));
  const begun = performance.now();
  const answer = initialized ?? (await serve(worker, record, payload, { ...init, requestId }));
  const duration = performance.now() - begun;
  const outcome = outcomeOf(record, requestId, answer, worker.peakMemory());
  if (outcome.keep) await worker.drained(requestId);
  else await retire(local, worker);
  worker.output.unfollow();
  // Before what could fail: a worker that nobody gives back would wait for ever.
  if (outcome.keep) release(local, record, worker);
  finish(record, { requestId, outcome, duration, init: initDuration }, say);
  const lacking = writeFunctionLog(local, record, worker.session, worker.logStream, lines);
  if (lacking !== null) showLine(local, record, `(not in ${record.logGroup}: the function's role may not ${lacking})`);
  return { payload: Buffer.from(outcome.payload), functionError: outcome.status === 'success' ? null : 'Unhandled', timedOut: outcome.status === 'timeout', lines, requestId };
}

async function serve(worker: Worker, record: FunctionRecord, payload: Buffer, { requestId, trace, clientContext = null }: InvocationInit & { readonly requestId: string }): Promise<Answer> {
  const limit = record.timeout * 1000;
  worker.give({ event: payload.toString() || '{}', requestId, deadline: Date.now() + limit, arn: record.arn, traceId: traceOf(trace), clientContext });
  return answerWithin(worker, limit);
}

interface Finished {
  readonly requestId: string;
  readonly outcome: Outcome;
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; null for a warm start. */
  readonly init: number | null;
}

function finish(record: FunctionRecord, { requestId, outcome, duration, init }: Finished, say: (line: string) => void): void {
  const memoryUsed = Math.min(record.memory, Math.ceil(outcome.memory / 1024));
  const status: Status = outcome.status;
  for (const line of outcome.lines) say(line);
  for (const line of endLines({ requestId, record, duration, init, memoryUsed, status, errorType: outcome.errorType })) say(line);
}
