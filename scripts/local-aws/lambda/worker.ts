import { randomUUID } from 'node:crypto';
import { startChild, type Ending } from '../../process/spawn';
import type { LocalAws } from '../service';
import { createRoleSession, type Session } from '../sts/sessions';
import { codeFolder } from './code';
import { functionEnvironment } from './environment';
import type { FunctionRecord } from './functions';
import { peakMemory } from './peak-memory';
import { openRuntimeApi } from './runtime-api';
import { runtimePath } from './runtime-path';
import type { RuntimeMessage, Work } from './runtime-work';
import { lineQueue, markCounter, readLines, type LineQueue } from './worker-output';

/** Seconds. A process is retired long before its credentials end. */
export const sessionSeconds = 12 * 60 * 60;

/** One process of a function. It serves one invocation at a time. */
export interface Worker {
  readonly revision: string;
  /** Of its unpacked code. */
  readonly code: string;
  /** Of the function's role. */
  readonly session: Session;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** The runtime's next message, or how the process ended before it came. */
  next(): Promise<RuntimeMessage | Ending>;
  give(work: Work): void;
  /** What it writes; of an invocation it is complete once {@link drained} settled. */
  readonly output: Pick<LineQueue, 'follow' | 'unfollow'>;
  /** Settles when all that the invocation wrote was read. */
  drained(requestId: string): Promise<void>;
  /** Kilobytes, as far as it is known: of a process that has ended, what it said last. */
  peakMemory(): number;
  /** Kills the whole group. */
  kill(): void;
  readonly ended: Promise<Ending>;
}

/** What a worker was waited for: its message, how it ended, or that it took too long. */
export type Answer = RuntimeMessage | Ending | 'timeout';

/** What the worker says next, or that it took too long: then it still works. */
export async function answerWithin(worker: Worker, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => { timer = setTimeout(() => resolve('timeout'), milliseconds); });
  try {
    return await Promise.race([worker.next(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts a process for the function as `record` says it, with a session of its role.
 *
 * @throws AwsError NoSuchEntity where the role is gone; Error where this process was started outside the project
 */
export async function startWorker(local: LocalAws, record: FunctionRecord): Promise<Worker> {
  const logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
  const program = runtimePath();
  const session = createRoleSession(local, record.role, record.name, sessionSeconds);
  const api = await openRuntimeApi(record.region);
  const { process: child, ended } = startChild({
    file: process.execPath,
    // As Lambda does: the heap ends before the memory does, so that V8 says why.
    args: [`--max-old-space-size=${Math.max(64, Math.floor(record.memory * 0.9))}`, program, String(process.pid)],
    cwd: codeFolder(local, record.code),
    env: functionEnvironment(local, record, session, logStream, api),
    stdio: ['ignore', 'pipe', 'pipe'],
    ownGroup: true,
  });
  const lines = lineQueue();
  const marks = markCounter();
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, lines.add, marks.add);
  const kill = (): void => killGroup(child.pid);
  // What it leaves behind would hold its pipes open.
  child.once('exit', kill);
  void ended.then(() => api.close());
  return {
    revision: record.revision,
    code: record.code,
    session,
    logStream,
    started: Date.now(),
    ended,
    next: () => Promise.race([api.work.next(), ended.then((ending) => api.work.last() ?? ending)]),
    give: (work) => api.work.give(work),
    output: lines,
    peakMemory: () => Math.max(api.peakMemory(), peakMemory(child.pid)),
    async drained(requestId) {
      await Promise.race([marks.both(requestId), ended]);
    },
    kill,
  };
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing is left of the group.
  }
}
