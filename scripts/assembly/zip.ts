import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** A file in an archive. */
export interface ZipEntry {
  /** As the archive names it; empty where the archive itself cannot be read on. */
  readonly path: string;
  /** `null` where it cannot be read: encrypted, or compressed in a way that is not known. */
  readonly stream: Readable | null;
}

function open(source: string | Buffer): Promise<ZipFile | null> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: false };
  return new Promise((resolve) => {
    const settle = (error: Error | null, zip: ZipFile): void => resolve(error === null ? zip : null);
    if (typeof source === 'string') yauzl.open(source, options, settle);
    else yauzl.fromBuffer(source, options, settle);
  });
}

function nextEntry(zip: ZipFile): Promise<Entry | 'end' | 'broken'> {
  return new Promise((resolve) => {
    const settle = (outcome: Entry | 'end' | 'broken'): void => {
      zip.off('entry', onEntry).off('end', onEnd).off('error', onError);
      resolve(outcome);
    };
    const onEntry = (entry: Entry): void => settle(entry);
    const onEnd = (): void => settle('end');
    const onError = (): void => settle('broken');
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError);
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable | null> {
  return new Promise((resolve) => {
    try {
      zip.openReadStream(entry, (error, stream) => resolve(error === null ? stream : null));
    } catch {
      resolve(null); // an entry that is encrypted, or of an unknown compression
    }
  });
}

/**
 * The files in a zip, one after the other: each stream must be read before the next is asked for.
 *
 * @param source a file's path, or the zip itself
 */
export async function* zipEntries(source: string | Buffer): AsyncGenerator<ZipEntry> {
  const zip = await open(source);
  if (zip === null) {
    yield { path: '', stream: null };
    return;
  }
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === 'end') return;
      if (entry === 'broken') {
        yield { path: '', stream: null };
        return;
      }
      const name = entry.fileName;
      if (!name.endsWith('/')) yield { path: name, stream: await openEntry(zip, entry) };
    }
  } finally {
    zip.close();
  }
}
