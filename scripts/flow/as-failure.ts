import { Failure } from '../failures/failure';
import { reasonOfFileError } from '../failures/file-error';
import { shellWord } from '../process/shell-word';

/** The disk, and no bug of ours. */
function fileFailure(error: Error): Failure | null {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const why = reasonOfFileError({ code, syscall });
  // Of processes and connections Node says the same codes.
  if (why === null || syscall === undefined || /^(?:spawn|kill|listen|connect|bind)/.test(syscall)) return null;
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
