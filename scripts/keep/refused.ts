import { Failure } from '../failures/failure';

/** A place in which credentials are not kept. */
export function refused(path: string, why: string, fix: string, cause?: unknown): Failure {
  return new Failure({ code: 'BAD_CONFIG_FILE', message: `Credentials are not written to ${path}: ${why}.`, fix, cause });
}
