import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { InUse } from '../assembly/scanner';
import { findInSource, isBinary, mayHold } from './find-in-source';
import type { SourceFinding } from './source-secrets';

/** How many bytes a file has at most that is searched: source has fewer, and it is searched in memory. */
export const largestSource = 8 << 20;

/** How many bytes of small files are searched at once, one behind the other: most of the time goes into beginning. */
const most = 1 << 18;

/** How long the search goes on, in milliseconds, before the answers of AWS are seen to. */
const slice = 5;

/** Of one file: what it holds; or that it is not there, or could not be looked at. */
export type Searched = readonly SourceFinding[] | 'absent' | 'not-searched';

/** Files in memory, one behind the other, with a NUL between them: no credential goes over that. */
interface Block<File> {
  readonly files: { readonly file: File; readonly start: number; readonly end: number }[];
  bytes: Buffer;
  length: number;
}

/**
 * Searches files of the working tree for credentials. Binary ones hold none.
 *
 * @param told for each file what came of it
 */
export async function searchFiles<File extends { readonly path: string; readonly absolute: string }>(files: readonly File[], inUse: InUse, told: (file: File, searched: Searched) => void): Promise<void> {
  const block: Block<File> = { files: [], bytes: Buffer.alloc(2 * most), length: 0 };
  const search = (): void => {
    const holds = mayHold(block.bytes.subarray(0, block.length), inUse);
    for (const { file, start, end } of block.files.splice(0)) told(file, holds ? findInSource(block.bytes.subarray(start, end), file.path, inUse) : []);
    block.length = 0;
  };
  let since = performance.now();
  for (const file of files) {
    const read = readBehind(block, file.absolute);
    if (typeof read === 'string') told(file, read);
    else if (isBinary(read)) told(file, []);
    else {
      block.files.push({ file, start: block.length, end: block.length + read.length });
      block.length += read.length + 1;
      block.bytes[block.length - 1] = 0;
    }
    if (block.length >= most) search();
    if (performance.now() - since < slice) continue;
    await setImmediate();
    since = performance.now();
  }
  search();
}

/** The bytes of a file, read behind what the block has. */
function readBehind<File>(block: Block<File>, path: string): Buffer | 'absent' | 'not-searched' {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'not-searched';
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > largestSource) return 'not-searched';
    makeRoom(block, stats.size + 1);
    return block.bytes.subarray(block.length, block.length + readWhole(file, block.bytes, block.length, stats.size));
  } catch {
    return 'not-searched';
  } finally {
    closeSync(file);
  }
}

function makeRoom<File>(block: Block<File>, size: number): void {
  if (block.bytes.length - block.length >= size) return;
  block.bytes = Buffer.concat([block.bytes.subarray(0, block.length)], block.length + size);
}

/** @returns how many bytes there were, `size` at most */
function readWhole(file: number, into: Buffer, at: number, size: number): number {
  let length = 0;
  for (let read = 1; read > 0 && length < size; length += read) read = readSync(file, into, at + length, size - length, null);
  return length;
}
