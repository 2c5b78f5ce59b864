import type { Environment } from '../process/environment';
import { capture, startChild } from '../process/spawn';
import { gitCommand, isInRepository, whyUnknown } from './git';

/** A file that git tracks, staged ones included. Links and submodules are none. */
export interface TrackedFile {
  /** From the project's folder. */
  readonly path: string;
  /** The id of its content in git's index. */
  readonly blob: string;
  /** Whether the working tree has another content, or no such file. */
  readonly changed: boolean;
}

/** What git tracks, or why that cannot be told. */
export type TrackedFiles =
  | { readonly kind: 'listed'; readonly files: readonly TrackedFile[] }
  | { readonly kind: 'no-repository' }
  | { readonly kind: 'unknown'; readonly why: string };

/** A line of `git ls-files -t --stage`: a regular file that is checked out. https://git-scm.com/docs/git-ls-files */
const line = /^([HMC]) 100\d{3} ([0-9a-f]+) \d\t([^]+)$/;

/** What git tracks below the project's folder, by one run of git, which compares the working tree as well. */
export async function trackedFiles(projectDirectory: string, environment: Environment): Promise<TrackedFiles> {
  if (!isInRepository(projectDirectory)) return { kind: 'no-repository' };
  const { ending, stdout, stderr } = await capture(gitCommand(projectDirectory, environment, ['ls-files', '-z', '-t', '--stage', '--cached', '--modified']));
  if (ending.kind === 'spawn-failed') return { kind: 'unknown', why: 'git is not installed' };
  if (ending.kind !== 'exited' || ending.code !== 0) return { kind: 'unknown', why: whyUnknown(stderr) };
  return { kind: 'listed', files: filesIn(stdout) };
}

/** A file that differs has a line of its own besides, tagged C; one in conflict has a line for each side, tagged M. */
function filesIn(listing: string): TrackedFile[] {
  const files = new Map<string, TrackedFile>();
  for (const entry of listing.split('\0')) {
    const [, tag, blob, path] = line.exec(entry) ?? [];
    if (blob !== undefined && path !== undefined) files.set(`${blob} ${path}`, { path, blob, changed: tag !== 'H' });
  }
  return [...files.values()];
}

/**
 * The contents of `blobs`, one after the other, by one run of git.
 *
 * @param most in bytes: a larger one is passed over, and its `bytes` are `null`
 */
export async function* blobContents(projectDirectory: string, environment: Environment, blobs: readonly string[], most: number): AsyncGenerator<{ readonly blob: string; readonly bytes: Buffer | null }> {
  if (blobs.length === 0) return;
  const { process: child, ended } = startChild({ ...gitCommand(projectDirectory, environment, ['cat-file', '--batch', '--buffer']), stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin?.on('error', () => undefined); // it ended: so does what is read
  child.stdin?.end(`${blobs.join('\n')}\n`);
  let waiting: Buffer = Buffer.alloc(0);
  let passing = 0;
  for await (const chunk of (child.stdout ?? []) as AsyncIterable<Buffer>) {
    const passed = Math.min(passing, chunk.length);
    passing -= passed;
    waiting = waiting.length === 0 ? chunk.subarray(passed) : Buffer.concat([waiting, chunk.subarray(passed)]);
    for (let record = nextRecord(waiting, most); record !== null; record = nextRecord(waiting, most)) {
      if (record.blob !== null) yield { blob: record.blob, bytes: record.bytes };
      passing = Math.max(0, record.length - waiting.length);
      waiting = waiting.subarray(record.length);
    }
  }
  await ended;
}

/** The first record in what git printed; `null` while it is not whole. */
function nextRecord(printed: Buffer, most: number): { readonly blob: string | null; readonly bytes: Buffer | null; readonly length: number } | null {
  const end = printed.indexOf('\n');
  if (end === -1) return null;
  const [blob = '', type, size = ''] = printed.toString('latin1', 0, end).split(' ');
  if (type !== 'blob') return { blob: null, bytes: null, length: end + 1 }; // "missing": it has no content
  const length = end + 1 + Number(size) + 1;
  if (Number(size) > most) return { blob, bytes: null, length };
  return printed.length < length ? null : { blob, bytes: printed.subarray(end + 1, length - 1), length };
}
