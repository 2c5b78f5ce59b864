import type { LocalAws } from '../service';
import { removeUnusedCode } from './code';
import { findFunction, type FunctionRecord } from './functions';
import { sessionSeconds, startWorker, type Worker } from './worker';

/** The processes of one opened local AWS. */
interface Pool {
  readonly idle: Map<string, Worker[]>;
  readonly all: Set<Worker>;
}

/** Milliseconds for which a process waits for its next invocation. Lambda promises none, and keeps some for minutes. */
const idleLimit = 10 * 60 * 1000;

const idleTimers = new WeakMap<Worker, NodeJS.Timeout>();

const pools = new WeakMap<LocalAws, Pool>();

function poolOf(local: LocalAws): Pool {
  const pool = pools.get(local) ?? { idle: new Map<string, Worker[]>(), all: new Set<Worker>() };
  pools.set(local, pool);
  return pool;
}

/** A warm process of the function as it is now, or a new one. Nobody else has it until {@link release}. */
export async function acquire(local: LocalAws, record: FunctionRecord): Promise<{ readonly worker: Worker; readonly cold: boolean }> {
  const { idle, all } = poolOf(local);
  const waiting = idle.get(record.arn) ?? [];
  for (let worker = waiting.pop(); worker !== undefined; worker = waiting.pop()) {
    clearTimeout(idleTimers.get(worker));
    if (all.has(worker) && worker.revision === record.revision && Date.now() - worker.started < (sessionSeconds * 1000) / 2) return { worker, cold: false };
    worker.kill();
  }
  const worker = await startWorker(local, record);
  all.add(worker);
  // The local AWS was closed while it started.
  if (pools.get(local)?.all !== all) worker.kill();
  void forget(local, all, worker);
  return { worker, cold: true };
}

/** What a process that ended by itself has left running goes with it, and its code where nothing else needs it. */
async function forget(local: LocalAws, all: Set<Worker>, worker: Worker): Promise<void> {
  await worker.ended;
  worker.kill();
  all.delete(worker);
  sweepCode(local);
}

/**
 * Gives a process back. It goes where the function was changed or deleted meanwhile, and once nobody has needed it for long.
 *
 * @param idleFor milliseconds
 */
export function release(local: LocalAws, record: FunctionRecord, worker: Worker, idleFor = idleLimit): void {
  const { idle, all } = poolOf(local);
  if (!all.has(worker) || findFunction(local, record.region, record.name)?.revision !== worker.revision) {
    worker.kill();
    return;
  }
  idle.set(record.arn, [...(idle.get(record.arn) ?? []), worker]);
  idleTimers.set(worker, setTimeout(() => {
    idle.set(record.arn, (idle.get(record.arn) ?? []).filter((each) => each !== worker));
    worker.kill();
  }, idleFor).unref());
}

/** Ends a process and its whole group. */
export async function retire(local: LocalAws, worker: Worker): Promise<void> {
  worker.kill();
  await worker.ended;
  poolOf(local).all.delete(worker);
}

/** Ends the waiting processes of a function that was changed or deleted. Those at work end with their work. */
export function retireIdle(local: LocalAws, arn: string): void {
  const { idle } = poolOf(local);
  for (const worker of idle.get(arn) ?? []) worker.kill();
  idle.delete(arn);
  sweepCode(local);
}

/** Kills every process of every function, and waits until they are gone. */
export async function closePool(local: LocalAws): Promise<void> {
  const { all } = poolOf(local);
  await Promise.all([...all].map(async (worker) => {
    worker.kill();
    await worker.ended;
  }));
  pools.delete(local);
  removeUnusedCode(local, new Set());
}

/** Later than now, so that a function whose code was unpacked a moment ago is there to name it. */
function sweepCode(local: LocalAws): void {
  setImmediate(() => {
    const pool = pools.get(local);
    if (pool !== undefined) removeUnusedCode(local, new Set([...pool.all].map(({ code }) => code)));
  });
}
