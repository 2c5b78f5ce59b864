import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { zipEntries, type ZipEntry } from './zip';

/** The archives that are looked into. */
export type ArchiveKind = 'zip' | 'gzip';

/** What `bytes` begin like, whatever their name. APPNOTE.TXT, section 4.3.7; RFC 1952, section 2.3.1 */
function archiveKindOf(bytes: Buffer): ArchiveKind | null {
  const start = bytes.toString('hex', 0, 4);
  if (start === '504b0304' || start === '504b0506') return 'zip';
  return start.startsWith('1f8b08') ? 'gzip' : null;
}

/** @throws what Node throws where the file cannot be read */
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
  // A gzip that is broken fails whoever reads the stream: the callback has nothing to do.
  yield { path: '', stream: pipeline(packed, createGunzip(), () => undefined) };
}

/** A stream that is read, and a copy of it where it turns out to be an archive itself. */
export interface Copied {
  readonly through: AsyncIterable<Buffer>;
  /** What was copied, once `through` is read to its end: `null` where it is no archive, without `bytes` where it is too large. */
  archive(): { readonly kind: ArchiveKind; readonly bytes: Buffer | null } | null;
}

/**
 * Copies a stream that is an archive while it is read.
 *
 * @param most how many bytes are kept in memory at most
 */
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
