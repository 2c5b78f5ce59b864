import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { startChild, type Ending } from '../../process/spawn';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import { codeFolder } from './code';
import { functionEnvironment } from './environment';
import type { FunctionRecord } from './functions';
import { runtimeSource } from './runtime-source';

/** What the runtime says. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-error' | 'fatal'; readonly report: JsonObject }
  | { readonly kind: 'result'; readonly payload: string; readonly memory: number }
  | { readonly kind: 'error'; readonly report: JsonObject; readonly memory: number };

/** One process of a function. It serves one invocation at a time. */
export interface Worker {
  readonly revision: string;
  readonly logStream: string;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** The runtime's next message, or how the process ended before it came. */
  next(): Promise<WorkerMessage | Ending>;
  send(message: { readonly event: string; readonly requestId: string; readonly deadline: number; readonly arn: string }): void;
  /** Lines since the last call. Those of an invocation are complete once {@link drained} settled. */
  takeLines(): string[];
  /** Settles when all that the invocation wrote was read. */
  drained(requestId: string): Promise<void>;
  /** Kills the whole group. */
  kill(): void;
  readonly ended: Promise<Ending>;
}

export function startWorker(local: LocalAws, record: FunctionRecord): Worker {
  const logStream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
  const { process: child, ended } = startChild({
    file: process.execPath,
    // The heap is what can be held to the limit; a tenth is left to code and buffers.
    args: [`--max-old-space-size=${Math.max(64, Math.floor(record.memory * 0.9))}`, runtimePath(local)],
    cwd: codeFolder(local, record.code),
    env: functionEnvironment(local, record, logStream),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ownGroup: true,
  });
  const marks = new Map<string, { left: number; done: () => void }>();
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) read(stream, lines, marks);
  const messages: WorkerMessage[] = [];
  let wake: (() => void) | null = null;
  child.on('message', (message) => {
    messages.push(message as WorkerMessage);
    wake?.();
  });
  // A closed channel: the process is gone, and `ended` says how.
  child.on('error', () => {});
  return {
    revision: record.revision,
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
    takeLines: () => lines.splice(0),
    async drained(requestId) {
      const marked = new Promise<void>((done) => {
        const seen = marks.get(requestId);
        if (seen !== undefined && seen.left === 0) done();
        else marks.set(requestId, { left: seen?.left ?? 2, done });
      });
      await Promise.race([marked, ended]);
      marks.delete(requestId);
    },
    kill() {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Nothing is left of the group.
      }
    },
  };
}

function read(stream: Readable, lines: string[], marks: Map<string, { left: number; done: () => void }>): void {
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
    const at = line.indexOf('\0');
    if (at === -1) {
      lines.push(line);
      return;
    }
    if (at > 0) lines.push(line.slice(0, at));
    const id = line.slice(at + 1);
    const mark = marks.get(id) ?? { left: 2, done: () => {} };
    mark.left -= 1;
    marks.set(id, mark);
    if (mark.left === 0) mark.done();
  });
}

function runtimePath(local: LocalAws): string {
  const folder = join(local.store.folder, 'lambda');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `runtime-${createHash('sha256').update(runtimeSource).digest('hex').slice(0, 16)}.mjs`);
  if (existsSync(path)) return path;
  writeFileSync(`${path}.${process.pid}`, runtimeSource, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
  return path;
}
