import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** A process as /proc shows it while it runs (Linux). */
export interface SeenProcess {
  readonly pid: number;
  readonly arguments: Buffer;
  readonly environment: Buffer;
}

interface Entry extends SeenProcess {
  readonly parent: number;
}

function readEntry(pid: number): Entry | null {
  try {
    const read = (name: string): Buffer => readFileSync(`/proc/${pid}/${name}`);
    return { pid, parent: Number(/\) \S (\d+)/.exec(read('stat').toString())?.[1]), arguments: read('cmdline'), environment: read('environ') };
  } catch {
    return null; // it has ended
  }
}

/** Milliseconds between two looks: shorter than any Node program lasts. */
const interval = 15;

/** Looks at the processes below `root` again and again until `ended`; each is kept in every state in which it was seen. */
export async function watchProcesses(root: number, ended: Promise<unknown>): Promise<SeenProcess[]> {
  const seen = new Map<string, SeenProcess>();
  const isOver = ended.then(() => true);
  for (let over = false; !over; over = await Promise.race([isOver, setTimeout(interval, false)])) {
    const entries = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => readEntry(Number(name))).filter((entry) => entry !== null);
    const below = new Set([root]);
    for (let before = 0; before !== below.size;) {
      before = below.size;
      for (const { pid, parent } of entries) if (below.has(parent)) below.add(pid);
    }
    for (const entry of entries) if (below.has(entry.pid)) seen.set(`${entry.pid} ${entry.arguments.toString('latin1')}`, entry);
  }
  return [...seen.values()];
}
