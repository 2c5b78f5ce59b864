import { randomUUID } from 'node:crypto';
import { startChild, type Ending } from '../../process/spawn';
import type { LocalAws } from '../service';
import { createRoleSession, type Session } from '../sts/sessions';
import { codeFolder } from './code';
import { functionEnvironment } from './environment';
import type { FunctionRecord } from './functions';
import { peakMemory } from './peak-memory';
import { runtimePath } from './runtime-path';
import { lineQueue, markCounter, readLines, type LineQueue } from './worker-output';

/** An error as Lambda answers it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What the runtime says. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly memory: number }
  | { readonly kind: 'init-error' | 'fatal' | 'error'; readonly report: ErrorReport; readonly memory: number }
  | { readonly kind: 'result'; readonly payload: string; readonly memory: number };

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
  next(): Promise<WorkerMessage | Ending>;
  send(message: { readonly event: string; readonly requestId: string; readonly deadline: number; readonly arn: string }): void;
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
export type Answer = WorkerMessage | Ending | 'timeout';

export async function answerWithin(worker: Worker, milliseconds: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => { timer = setTimeout(() => resolve('timeout'), milliseconds); });
  try {
    return await Promise.race([worker.next(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}

export function startWorker(local: LocalAws, record: FunctionRecord): Worker {
  const logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
  const session = createRoleSession(local, record.role, record.name, sessionSeconds);
  const { process: child, ended } = startChild({
    file: process.execPath,
    // As Lambda does: the heap ends before the memory does, so that V8 says why.
    args: [`--max-old-space-size=${Math.max(64, Math.floor(record.memory * 0.9))}`, runtimePath(), String(process.pid)],
    cwd: codeFolder(local, record.code),
    env: functionEnvironment(local, record, session, logStream),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ownGroup: true,
  });
  const lines = lineQueue();
  const marks = markCounter();
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, lines.add, marks.add);
  const messages: WorkerMessage[] = [];
  let wake: (() => void) | null = null;
  let said = 0;
  child.on('message', (message) => {
    const told = message as WorkerMessage;
    said = told.memory;
    messages.push(told);
    wake?.();
  });
  const kill = (): void => killGroup(child.pid);
  // What it leaves behind would hold its pipes open.
  child.once('exit', kill);
  // A closed channel: the process is gone, and `ended` says how.
  child.on('error', () => {});
  return {
    revision: record.revision,
    code: record.code,
    session,
    logStream,
    started: Date.now(),
    ended,
    async next() {
      const arrived = new Promise<void>((resolve) => { wake = resolve; });
      if (messages.length === 0) await Promise.race([arrived, ended]);
      return messages.shift() ?? ended;
    },
    send(message) {
      child.send(message, () => {});
    },
    output: lines,
    peakMemory: () => Math.max(said, peakMemory(child.pid)),
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
