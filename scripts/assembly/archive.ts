import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { zipEntries, type ZipEntry } from './zip';

export type ArchiveKind = 'zip' | 'gzip';

/** What `bytes` begin like, whatever their name. APPNOTE.TXT, section 4.3.7; RFC 1952, section 2.3.1 */
function archiveKindOf(bytes: Buffer): ArchiveKind | null {
  const start = bytes.toString('hex', 0, 4);
  if (start === '504b0304' || start === '504b0506') return 'zip';
  return start.startsWith('1f8b08') ? 'gzip' : null;
}

export async function archiveKindOfFile(path: string): Promise<ArchiveKind | null> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return archiveKindOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * What is in an archive: each stream must be read before the next is asked for. That of a gzip has no name.
 *
 * @param source a file's path, or the archive itself
 */
export async function* archiveEntries(kind: ArchiveKind, source: string | Buffer): AsyncGenerator<ZipEntry> {
  if (kind === 'zip') {
    yield* zipEntries(source);
    return;
  }
  const packed = typeof source === 'string' ? createReadStream(source) : Readable.from([source]);
  // What breaks it ends its reader as well.
  yield { path: '', stream: pipeline(packed, createGunzip(), () => undefined) };
}

/** What passes through, and a copy of it where it is an archive itself. */
export interface Copied {
  readonly through: AsyncIterable<Buffer>;
  /** Afterwards: `null` where it is no archive, without `bytes` where it is too large to keep. */
  archive(): { readonly kind: ArchiveKind; readonly bytes: Buffer | null } | null;
}

/** @param most how many bytes are kept in memory at most */
export function copyingArchive(stream: AsyncIterable<Buffer>, most: number): Copied {
  let kind: ArchiveKind | null = null;
  let chunks: Buffer[] = [];
  let size = 0;
  async function* through(): AsyncGenerator<Buffer> {
    for await (const chunk of stream) {
      if (size < 4 && kind === null) {
        chunks.push(chunk);
        kind = archiveKindOf(Buffer.concat(chunks));
      } else if (kind !== null && size <= most) chunks.push(chunk);
      size += chunk.length;
      if (size > most || (kind === null && size >= 4)) chunks = [];
      yield chunk;
    }
  }
  return { through: through(), archive: () => (kind === null ? null : { kind, bytes: size > most ? null : Buffer.concat(chunks) }) };
}
