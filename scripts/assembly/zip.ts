import { open as openFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

export interface ZipEntry {
  readonly path: string;
  /** `null` where it cannot be read: encrypted, or compressed in a way that is not known. */
  readonly stream: Readable | null;
}

/** Whether the file begins like a zip, whatever its name. APPNOTE.TXT, section 4.3.7 */
export async function isZip(path: string): Promise<boolean> {
  const file = await openFile(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && ['504b0304', '504b0506'].includes(buffer.toString('hex'));
  } finally {
    await file.close();
  }
}

function open(path: string): Promise<ZipFile | null> {
  return new Promise((resolve) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: false }, (error, zip) => resolve(error === null ? zip : null));
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

/** The files in a zip, one after the other: each stream must be read before the next is asked for. */
export async function* zipEntries(path: string): AsyncGenerator<ZipEntry> {
  const zip = await open(path);
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
