import type { Writable } from 'node:stream';

/**
 * Lets the process outlive whoever read `stream`: from the first write that fails on (EPIPE, ENOSPC, EIO), what is
 * written there is dropped. Without it the failed write would be an exception that nobody caught.
 *
 * @param onLost gets Node's code of the failure, once
 * @see https://nodejs.org/docs/latest-v20.x/api/process.html#a-note-on-process-io
 */
export function outliveReader(stream: Writable, onLost: (code: string) => void): void {
  let isLost = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isLost) return;
    isLost = true;
    stream.write = drop;
    onLost(error.code ?? error.name);
  });
}

/** Takes all, and so keeps no pipe waiting. */
function drop(_text: string | Uint8Array, ...rest: readonly unknown[]): boolean {
  const written = rest.findLast((argument): argument is () => void => typeof argument === 'function');
  if (written !== undefined) process.nextTick(written);
  return true;
}
