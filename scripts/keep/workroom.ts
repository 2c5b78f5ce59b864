import { chmod, lstat, mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Failure } from '../failures/failure';
import { takeLock, type Lock } from '../process/lock';
import { refused } from './refused';

/** How long another run is waited for, and how often it is looked whether it has ended, in milliseconds. */
const [patience, pause] = [10_000, 20];

const lockName = 'lock';

/**
 * A folder of our own beside the file at `path`, in which its new text is made. The text has the file's own name there:
 * where git ignores `.env` it ignores that too, should a run be killed between two steps. The next one clears it away.
 */
function workroomOf(path: string): string {
  const name = basename(path);
  return join(dirname(path), `${name.startsWith('.') ? '' : '.'}${name}.takeoff`);
}

/**
 * Runs `work` in the workroom, while no other run is in it. Nothing is left of it afterwards.
 *
 * @throws Failure BUSY where another run does not come to an end
 */
export async function withWorkroom(path: string, work: (workroom: string) => Promise<void>): Promise<void> {
  const workroom = workroomOf(path);
  const lock = await taken(path, workroom);
  try {
    await clear(workroom);
    await work(workroom);
  } finally {
    lock.release();
    await rmdir(workroom).catch(() => undefined); // another run waits in it
  }
}

/** Takes away what a run left that was killed. A run that waits tries again. */
async function clear(workroom: string): Promise<void> {
  for (const name of await readdir(workroom)) if (name !== lockName) await rm(join(workroom, name), { force: true });
}

async function taken(path: string, workroom: string): Promise<Lock> {
  const until = performance.now() + patience;
  for (;;) {
    await enter(path, workroom);
    const lock = lockIn(workroom);
    if (lock !== null && 'release' in lock) return lock;
    if (performance.now() > until) throw new Failure({ code: 'BUSY', message: `Another run${lock === null ? '' : ` (process ${lock.pid})`} is writing ${path}, and does not end.`, fix: 'End that process, and run the same command again.' });
    await setTimeout(pause);
  }
}

async function enter(path: string, workroom: string): Promise<void> {
  try {
    await mkdir(workroom, { mode: 0o700 });
    await chmod(workroom, 0o700); // whatever the umask
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return; // left by another run, between the two
    if (code !== 'EEXIST') throw error;
    const stats = await lstat(workroom).catch(() => null);
    if (stats !== null && (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid))) throw refused(path, `${workroom}, which it is made in, is not a folder of yours`, `Look at it: ls -ld ${workroom}`, error);
  }
}

/** `null` where another run has just removed the folder. */
function lockIn(workroom: string): ReturnType<typeof takeLock> | null {
  try {
    return takeLock(join(workroom, lockName), 'cdk-takeoff');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
