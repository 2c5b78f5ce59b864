import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';

/**
 * Lets nobody but its owner read or change the file at `path`. Follows no symbolic link.
 *
 * @throws Failure BAD_CONFIG_FILE for a symbolic link, FILE_SYSTEM where the system refuses
 */
export async function tighten(path: string): Promise<void> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      await file.chmod(0o600);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    const isLink = code === 'ELOOP';
    const why = isLink ? 'it is a symbolic link' : code;
    throw new Failure({ code: isLink ? 'BAD_CONFIG_FILE' : 'FILE_SYSTEM', message: `The mode of ${path} cannot be changed (${why}).`, fix: `Look at it: ls -l ${shellWord(path)}`, cause });
  }
}
