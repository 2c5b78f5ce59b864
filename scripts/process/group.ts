import type { ChildProcess } from 'node:child_process';

/**
 * Sends `signal` to the process group that `child` leads (see `ownGroup`), its descendants included.
 *
 * @returns whether anything was there to get it
 */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): boolean {
  if (child.pid === undefined) return false;
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch (error) {
    // macOS answers EPERM where only zombies are left.
    if (['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
