import { Failure } from '../failures/failure';
import { shellWord } from '../process/shell-word';

/** What the system says where a file of the run's own cannot be made or written. https://man7.org/linux/man-pages/man3/errno.3.html */
const ofFiles: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'it would be larger than a file may be here (ulimit -f)'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'you may not read or write there'],
  ['EPERM', 'you may not read or write there'],
  ['ENOTDIR', 'a file stands where a folder belongs'],
  ['EEXIST', 'a file stands where a folder belongs'],
  ['EISDIR', 'a folder stands where a file belongs'],
  ['EMFILE', 'too many files are open (ulimit -n)'],
  ['EIO', 'the disk does not work'],
]);

/** The disk, and no bug of ours. */
function fileFailure(error: Error): Failure | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  // Of a folder that cannot be made on a read-only disk Node says that it is not there.
  const why = code === 'ENOENT' && syscall === 'mkdir' ? 'it cannot be made, as where the file system is read-only' : ofFiles.get(code ?? '');
  // Of processes and connections Node says the same codes.
  if (why === undefined || syscall === undefined || /^(?:spawn|kill|listen|connect|bind)/.test(syscall)) return null;
  const where = path ?? 'A file of this run';
  return new Failure({
    code: 'FILE_SYSTEM',
    message: `${where} cannot be used: ${why} (${code ?? ''}).`,
    fix: `Look at it, and run the same command again: ls -ld ${path === undefined ? '.takeoff cdk.out' : shellWord(path)}; df -h .`,
    cause: error,
  });
}

/** A bug of ours becomes one calm sentence; its stack is shown only where it was asked for. */
export function asFailure(error: unknown, verbose: boolean): Failure {
  if (error instanceof Failure) return error;
  const ofDisk = error instanceof Error ? fileFailure(error) : null;
  if (ofDisk !== null) return ofDisk;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Failure({
    code: 'INTERNAL',
    message: verbose ? `cdk-takeoff made a mistake:\n${stack}` : `cdk-takeoff made a mistake (${error instanceof Error ? error.name : typeof error}).`,
    fix: verbose ? 'Please report it with the lines above.' : 'Run the same command with --verbose to see where, and report it.',
    cause: error,
  });
}
