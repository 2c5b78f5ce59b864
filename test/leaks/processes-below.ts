import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
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
function read(pid: number | 'self', name: string): Buffer | null {
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

/** 127.0.0.1, ::1, or no address yet, as the kernel writes them: https://docs.kernel.org/networking/proc_net_tcp.html */
const here = /^(?:0+|(?:0{16}FFFF0000)?0100007F|0{24}01000000):/;

/** Remote ends of connections that lead elsewhere, by the inode of the socket. */
function connections(): Map<string, string> {
  const lines = ['tcp', 'tcp6'].flatMap((name) => read('self', `net/${name}`)?.toString().trim().split('\n').slice(1) ?? []);
  return new Map(lines.flatMap((line) => {
    const [, , remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/);
    return here.test(remote) ? [] : [[inode, remote] as const];
  }));
}

/** The inodes of the sockets that a process has open. */
function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((number) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${number}`))?.[1] ?? []);
  } catch {
    return [];
  }
}

/** Milliseconds between two looks: shorter than any Node program lasts. */
const interval = 15;

export interface SeenProcesses {
  /** Each in every state in which it was seen. */
  readonly processes: readonly SeenProcess[];
  /** What they were connected to that is not on this machine, as the kernel writes addresses. */
  readonly elsewhere: readonly string[];
}

/** Looks at the processes below `root` again and again until `ended`. */
export async function watchProcesses(root: number, ended: Promise<unknown>): Promise<SeenProcesses> {
  const seen = new Map<string, SeenProcess>();
  const elsewhere = new Set<string>();
  const before = new Set(connections().keys());
  const isOver = ended.then(() => true);
  for (let over = false; !over; over = await Promise.race([isOver, setTimeout(interval, false)])) {
    const processes = parents();
    const below = new Set([root]);
    for (let before = 0; before !== below.size;) {
      before = below.size;
      for (const [pid, parent] of processes) if (below.has(parent)) below.add(pid);
    }
    for (const one of [...below].map(readProcess)) if (one !== null) seen.set(`${one.pid} ${one.arguments.toString('latin1')}`, one);
    const unknown = [...connections()].filter(([inode]) => !before.has(inode));
    const own = new Set(unknown.length === 0 ? [] : [...below].flatMap(socketsOf));
    for (const [inode, remote] of unknown) if (own.has(inode)) elsewhere.add(remote);
  }
  return { processes: [...seen.values()], elsewhere: [...elsewhere] };
}
