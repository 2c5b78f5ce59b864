import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { refused } from './refused';

/**
 * Lets nobody but its owner read or change the file at `path`. Follows no symbolic link.
 *
 * @throws Failure BAD_CONFIG_FILE
 */
export async function tighten(path: string): Promise<void> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      await file.chmod(0o600);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw refused(path, `its mode cannot be changed (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, `Look at it: ls -l ${path}`, error);
  }
}
