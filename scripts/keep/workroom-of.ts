import { basename, dirname, join } from 'node:path';

/** A folder of our own beside the file at `path`, in which its new text is made. */
export function workroomOf(path: string): string {
  const name = basename(path);
  return join(dirname(path), `${name.startsWith('.') ? '' : '.'}${name}.takeoff`);
}
