import { dirname } from 'node:path';
import { Failure } from '../failures/failure';
import { reasonOfFileError } from '../failures/file-error';
import { shellWord } from '../process/shell-word';

/** A place in which credentials are not kept. */
export function refused(path: string, why: string, fix: string, cause?: unknown): Failure {
  return new Failure({ code: 'BAD_CONFIG_FILE', message: `Credentials are not written to ${path}: ${why}.`, fix, cause });
}

/** A place in which the system lets nothing be written: the disk is full or read-only, or the folder somebody else's. */
export function unwritable(path: string, error: NodeJS.ErrnoException): Failure {
  const { code = 'unknown error' } = error;
  const reason = reasonOfFileError(error);
  const why = reason === null ? `the system says ${code}` : `${reason} (${code})`;
  const folder = shellWord(dirname(path));
  return new Failure({ code: 'FILE_SYSTEM', message: `Credentials are not written to ${path}: ${why}.`, fix: `Check that the folder is yours and has room: ls -ld ${folder}; df -h ${folder}`, cause: error });
}
