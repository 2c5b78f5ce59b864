import { chmod, lstat, mkdir, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Failure } from '../failures/failure';
import { takeLock, type Lock } from '../process/lock';
import { shellWord } from '../process/shell-word';
import { clearBehind } from './clear-behind';
import { refused } from './refused';
import { workroomOf } from './workroom-of';

/** How long another run is waited for, and how often it is looked whether it has ended, in milliseconds. */
const [patience, pause] = [10_000, 20];

const lockName = 'lock';

/**
 * Runs `work` in a folder of this run in the workroom, while no other run is in it. Nothing is left of it afterwards, nor
 * where this process is killed.
 *
 * @throws Failure BUSY where another run does not come to an end
 */
export async function withWorkroom(path: string, work: (folder: string) => Promise<void>): Promise<void> {
  const workroom = workroomOf(path);
  const allDone = clearBehind(workroom);
  try {
    const lock = await taken(path, workroom);
    try {
      await clear(workroom);
      const folder = join(workroom, String(process.pid));
      await makeFolder(folder);
      await writeFile(join(folder, '.gitignore'), '*\n', { mode: 0o600 }); // a rule /.env ignores no other
      await work(folder);
    } finally {
      await rm(join(workroom, String(process.pid)), { recursive: true, force: true });
      lock.release();
    }
  } finally {
    await rmdir(workroom).catch(() => undefined); // another run is in it
    allDone();
  }
}

/** Clears the workroom of `path` of what a run left there that was killed together with the shell that clears behind it. */
export async function sweepWorkroom(path: string): Promise<void> {
  const workroom = workroomOf(path);
  if (await problemOf(workroom) !== null) return;
  const lock = lockIn(workroom);
  if (lock === null || !('release' in lock)) return;
  await clear(workroom);
  lock.release();
  await rmdir(workroom).catch(() => undefined);
}

/** Empties the workroom but for its lock. A run that waits for the lock may have put its own file beside it, and tries again. */
async function clear(workroom: string): Promise<void> {
  for (const name of await readdir(workroom)) if (name !== lockName) await rm(join(workroom, name), { recursive: true, force: true });
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
    await makeFolder(workroom);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return; // left by another run, between the two
    if (code !== 'EEXIST') throw error;
    if (await problemOf(workroom) === 'not ours') throw refused(path, `${workroom}, which it is made in, is not a folder of yours`, `Look at it: ls -ld ${shellWord(workroom)}`, error);
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 });
  await chmod(path, 0o700); // whatever the umask
}

/** What keeps `workroom` from being used as it is. */
async function problemOf(workroom: string): Promise<'missing' | 'not ours' | null> {
  const stats = await lstat(workroom).catch(() => null);
  if (stats === null) return 'missing';
  return stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid) ? null : 'not ours';
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
