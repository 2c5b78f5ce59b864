import { performance } from 'node:perf_hooks';
import type { LocalAws } from '../service';
import type { FunctionRecord } from './functions';
import { exitErrorType } from './outcome';
import { acquire, retire } from './pool';
import { initLine } from './report';
import { answerWithin, type Answer, type Worker } from './worker';

/** A process that loaded the function's code, or did not get so far. */
export interface Initialized {
  readonly worker: Worker;
  /** Null once the function is ready. */
  readonly answer: Answer | null;
  /** Milliseconds; null where it failed. */
  readonly duration: number | null;
}

/**
 * Waits until the function's code is loaded. What is not in `limit` is begun anew, once, with the time of the function.
 *
 * @param limit milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
 */
export async function initialize(local: LocalAws, record: FunctionRecord, worker: Worker, say: (line: string) => void, limit: number): Promise<Initialized> {
  const started = performance.now();
  const answer = await answerWithin(worker, limit);
  const duration = performance.now() - started;
  if (answer !== 'timeout') {
    if (answer.kind === 'ready') return { worker, answer: null, duration };
    // Before it ended the process wrote why.
    await worker.ended;
    say(initLine(record, duration, 'init', 'error', errorType(answer)));
    return { worker, answer, duration: null };
  }
  say(initLine(record, duration, 'init', 'timeout', null));
  await retire(local, worker);
  const { worker: second } = await acquire(local, record);
  second.output.follow(say);
  const again = await answerWithin(second, record.timeout * 1000);
  return { worker: second, answer: again !== 'timeout' && again.kind === 'ready' ? null : again, duration: null };
}

function errorType(answer: Exclude<Answer, 'timeout'>): string {
  return answer.kind === 'init-error' ? answer.report.errorType : exitErrorType(answer);
}
