import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning } from './is-running';

/** Who holds a lock. A process id alone may be another process by now. */
interface Holder {
  readonly pid: number;
  /** When that process started, as the system says it; null where it does not. */
  readonly started: string | null;
  /** What it does with it, for who has to wait: `npm run deploy`. */
  readonly what: string;
}

/** A lock that this process holds. */
export interface Lock {
  release(): void;
}

/** The process that holds a lock in our stead. */
export type HeldBy = Pick<Holder, 'pid' | 'what'>;

/**
 * Takes the lock that the file `path` is; one that a dead process left is taken from it.
 *
 * @param path in a folder that exists
 * @param what this process does with it
 * @returns who holds it, where that is another
 * @throws what Node throws where the folder or a lock in it cannot be used: another user's lock may not be read
 */
export function takeLock(path: string, what: string): Lock | HeldBy {
  const own = `${path}.${process.pid}`;
  try {
    // A link appears with its content or not at all, so that no one reads a lock half-written.
    writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid), what } satisfies Holder), { mode: 0o600 });
    for (;;) {
      if (linked(own, path)) return { release: () => rmSync(path, { force: true }) };
      const found = read(path);
      if (found === null) continue;
      const holder = parse(found);
      if (holder !== null && isAlive(holder)) return { pid: holder.pid, what: holder.what };
      takeAway(path, own, found);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes a dead process's lock. One at a time does: else one might remove the lock that another has taken since it
 * looked.
 */
function takeAway(path: string, own: string, dead: string): void {
  const breaking = `${path}.breaking`;
  if (!linked(own, breaking)) {
    const found = read(breaking);
    const holder = found === null ? null : parse(found);
    if (found !== null && (holder === null || !isAlive(holder))) rmSync(breaking, { force: true });
    return;
  }
  try {
    if (read(path) === dead) rmSync(path, { force: true });
  } finally {
    rmSync(breaking, { force: true });
  }
}

function isAlive({ pid, started }: Holder): boolean {
  return isRunning(pid) && (started === null || startOf(pid) === started);
}

/** The 22nd field of Linux's stat: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html. Elsewhere ps knows it. */
function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ');
      // A zombie is dead.
      return fields === undefined || fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
    }
    return execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim();
  } catch {
    return null;
  }
}

/** `null` where it is gone. One that is there and cannot be read would be waited for without end. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parse(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || typeof value.pid !== 'number') return null;
    return { pid: value.pid, started: 'started' in value && typeof value.started === 'string' ? value.started : null, what: 'what' in value && typeof value.what === 'string' ? value.what : '' };
  } catch {
    return null;
  }
}
