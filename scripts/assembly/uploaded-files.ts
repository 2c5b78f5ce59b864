import { existsSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { assetPathsIn } from './read-assembly';

/** A file that CDK may upload. */
export interface UploadedFile {
  /** As a person may read it: relative to the assembly, or absolute where it is elsewhere. */
  readonly path: string;
  readonly absolute: string;
}

/** What `path` names; links are followed, as CDK follows them when it zips an asset. `null` where there is nothing. */
async function kindOf(path: string): Promise<'file' | 'folder' | null> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) return null;
  return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : null;
}

/** @param above folders that this is in, by their real names: a link to one of them has no end */
async function* filesAt(absolute: string, path: string, above: readonly string[]): AsyncGenerator<UploadedFile> {
  const kind = await kindOf(absolute);
  if (kind === 'file') yield { path, absolute };
  if (kind !== 'folder') return;
  const real = await realpath(absolute);
  if (above.includes(real)) return;
  for (const name of (await readdir(absolute)).toSorted()) yield* filesAt(join(absolute, name), join(path, name), [...above, real]);
}

function isOutside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way.startsWith('..') || isAbsolute(way);
}

/** Every file of an assembly in order, and of the assets that it has elsewhere (`aws:cdk:disable-asset-staging`). */
export async function* uploadedFiles(directory: string): AsyncGenerator<UploadedFile> {
  const root = resolve(directory);
  yield* filesAt(root, '', []);
  if (!existsSync(join(root, 'manifest.json'))) return;
  for (const path of new Set(assetPathsIn(root))) if (isOutside(root, path)) yield* filesAt(path, path, []);
}
