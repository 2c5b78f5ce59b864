import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

export interface FoundFile {
  /** From the folder that was searched. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** Every regular file below `folder`; of links the target's name. `skip` leaves out a path and what is below it. */
export function filesBelow(folder: string, skip: (path: string) => boolean = () => false): FoundFile[] {
  const walk = (directory: string): FoundFile[] => readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const shown = relative(folder, path);
    if (skip(shown)) return [];
    const stats = lstatSync(path);
    if (stats.isDirectory()) return walk(path);
    return stats.isFile() ? [{ path: shown, bytes: readFileSync(path) }] : [];
  });
  return walk(folder);
}

/** The entries of a zip, unpacked. */
export async function entriesOf({ path, bytes }: FoundFile): Promise<FoundFile[]> {
  const zip = await promisify<Buffer, object, ZipFile>(fromBuffer)(bytes, { lazyEntries: true });
  const found: FoundFile[] = [];
  return new Promise((resolve, reject) => {
    zip.on('error', reject).on('end', () => resolve(found)).on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
          found.push({ path: `${path}!${entry.fileName}`, bytes: Buffer.concat(chunks) });
          zip.readEntry();
        });
      });
    });
    zip.readEntry();
  });
}

/** What git keeps of the repository in `directory`: its index, its configuration, every object unpacked. */
export function keptByGit(directory: string): FoundFile[] {
  const objects = execFileSync('git', ['cat-file', '--batch-all-objects', '--batch'], { cwd: directory, maxBuffer: 256 * 1024 * 1024 });
  return [{ path: 'objects', bytes: objects }, ...filesBelow(join(directory, '.git'), (path) => path.startsWith('objects/'))];
}
