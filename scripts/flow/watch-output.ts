import { outliveReader } from '../process/lost-output';
import type { CommandName } from '../options/options';

const changing: ReadonlySet<CommandName> = new Set(['deploy', 'destroy', 'bootstrap']);

/** What became of the two streams of a run. */
export interface WatchedOutput {
  /** Whether standard output failed other than by its reader's own wish: a disk that is full, and not `| head -1`. */
  failed(): boolean;
}

/**
 * Lets a run go on where nobody reads its output any more: a deployment that stopped half-way would be worse than one that
 * nobody sees. Standard error says so.
 */
export function watchOutput(command: CommandName, stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): WatchedOutput {
  let code: string | null = null;
  outliveReader(stderr, () => undefined);
  outliveReader(stdout, (lost) => {
    code = lost;
    if (lost !== 'EPIPE') stderr.write(`Standard output cannot be written (${lost}). The run goes on without it.\n`);
    else if (changing.has(command)) stderr.write('Nobody reads standard output any more. The run goes on without it; its exit code says how it ended.\n');
  });
  return { failed: () => code !== null && code !== 'EPIPE' };
}
