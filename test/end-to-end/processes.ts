import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Tests that look into /proc. */
export const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** A process of this machine, as /proc shows it (Linux). */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** `NAME=value`, as it was started. */
  readonly environment: readonly string[];
}

function readProcess(pid: number): Process | null {
  try {
    const read = (name: string): string => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    const parent = Number(/\) \S (\d+)/.exec(read('stat'))?.[1]);
    return { pid, parent, command: read('cmdline').replaceAll('\0', ' ').trim(), environment: read('environ').split('\0').filter(Boolean) };
  } catch {
    return null; // it ended meanwhile, or is another user's
  }
}

function worksIn(pid: number, directory: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    return false;
  }
}

/** The processes whose working directory is `directory`. */
export function processesIn(directory: string): Process[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter((pid) => worksIn(pid, directory)).map(readProcess).filter((process) => process !== null);
}
