import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { startChild, type Ending } from '../../process/spawn';
import type { LocalAws } from '../service';
import { createRoleSession, type Session } from '../sts/sessions';
import { codeFolder } from './code';
import { functionEnvironment } from './environment';
import type { FunctionRecord } from './functions';
import { peakMemory } from './peak-memory';
import { runtimeSource } from './runtime-source';

/** An error as Lambda answers it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What the runtime says. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error' | 'fatal' | 'error'; readonly report: ErrorReport; readonly memory: number }
  | { readonly kind: 'result'; readonly payload: string; readonly memory: number };

/** Seconds. A process is retired long before its credentials end. */
export const sessionSeconds = 12 * 60 * 60;

type Listener = (line: string) => void;

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
  /** Hands lines over as they come, first those that nobody took. They are complete once {@link drained} settled. */
  follow(listener: Listener): void;
  /** Keeps the lines of the time between two invocations for the next. */
  unfollow(): void;
  /** Settles when all that the invocation wrote was read. */
  drained(requestId: string): Promise<void>;
  /** Kilobytes, of the process that still runs; 0 where that is not known. */
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
    args: [`--max-old-space-size=${Math.max(64, Math.floor(record.memory * 0.9))}`, runtimePath(local), String(process.pid)],
    cwd: codeFolder(local, record.code),
    env: functionEnvironment(local, record, session, logStream),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ownGroup: true,
  });
  const lines = lineQueue();
  const marks = new Map<string, { left: number; done: () => void }>();
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) read(stream, lines.add, marks);
  const messages: WorkerMessage[] = [];
  let wake: (() => void) | null = null;
  child.on('message', (message) => {
    messages.push(message as WorkerMessage);
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
    follow: lines.follow,
    unfollow: lines.unfollow,
    peakMemory: () => peakMemory(child.pid),
    async drained(requestId) {
      const marked = new Promise<void>((done) => {
        const seen = marks.get(requestId);
        if (seen !== undefined && seen.left === 0) done();
        else marks.set(requestId, { left: seen?.left ?? 2, done });
      });
      await Promise.race([marked, ended]);
      marks.delete(requestId);
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

/** Lines for whoever listens, kept while nobody does. */
function lineQueue(): { readonly add: Listener } & Pick<Worker, 'follow' | 'unfollow'> {
  const kept: string[] = [];
  let listener: Listener | null = null;
  return {
    add(line) {
      if (listener === null) kept.push(line);
      else listener(line);
    },
    follow(next) {
      listener = next;
      for (const line of kept.splice(0)) next(line);
    },
    unfollow() {
      listener = null;
    },
  };
}

/** A line ends with a line feed alone: a carriage return is how Lambda keeps the lines of one message together. */
function read(stream: Readable, add: Listener, marks: Map<string, { left: number; done: () => void }>): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
  });
  function take(line: string): void {
    const at = line.indexOf('\0');
    const id = line.slice(at + 1);
    if (at === -1 || !markOf.test(id)) {
      add(line);
      return;
    }
    // What ended without a line feed stands before the mark.
    if (at > 0) add(line.slice(0, at));
    const mark = marks.get(id) ?? { left: 2, done: () => {} };
    mark.left -= 1;
    marks.set(id, mark);
    if (mark.left === 0) mark.done();
  }
}

/** Request ids. A function may write a NUL of its own. */
const markOf = /^[0-9a-z-]+$/;

function runtimePath(local: LocalAws): string {
  const folder = join(local.store.folder, 'lambda');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `runtime-${createHash('sha256').update(runtimeSource).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(path)) return path;
  // Those of other versions have no further use.
  for (const name of readdirSync(folder)) if (name.startsWith('runtime-')) rmSync(join(folder, name));
  writeFileSync(`${path}.${process.pid}`, runtimeSource, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
  return path;
}
