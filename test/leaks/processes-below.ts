import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** A process as /proc shows it while it runs (Linux). */
export interface SeenProcess {
  readonly pid: number;
  readonly arguments: Buffer;
  readonly environment: Buffer;
}

/** Of every process that there is, its parent. */
function parents(): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return new Map(pids.flatMap((pid) => {
    const stat = read(pid, 'stat');
    return stat === null ? [] : [[pid, Number(/\) \S (\d+)/.exec(stat.toString())?.[1])] as const];
  }));
}

/** `null` where the process has ended. */
function read(pid: number, name: string): Buffer | null {
  try {
    return readFileSync(`/proc/${pid}/${name}`);
  } catch {
    return null;
  }
}

function readProcess(pid: number): SeenProcess | null {
  const [argv, environment] = [read(pid, 'cmdline'), read(pid, 'environ')];
  return argv === null || environment === null ? null : { pid, arguments: argv, environment };
}

/** Milliseconds between two looks: shorter than any Node program lasts. */
const interval = 15;

/** Looks at the processes below `root` again and again until `ended`; each is kept in every state in which it was seen. */
export async function watchProcesses(root: number, ended: Promise<unknown>): Promise<SeenProcess[]> {
  const seen = new Map<string, SeenProcess>();
  const isOver = ended.then(() => true);
  for (let over = false; !over; over = await Promise.race([isOver, setTimeout(interval, false)])) {
    const processes = parents();
    const below = new Set([root]);
    for (let before = 0; before !== below.size;) {
      before = below.size;
      for (const [pid, parent] of processes) if (below.has(parent)) below.add(pid);
    }
    for (const one of [...below].map(readProcess)) if (one !== null) seen.set(`${one.pid} ${one.arguments.toString('latin1')}`, one);
  }
  return [...seen.values()];
}
