/** Whether a process has this id. It may be another one than was meant: ids come again. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: another user's process, and so running.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
