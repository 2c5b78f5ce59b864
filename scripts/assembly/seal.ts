import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Assembly } from './assembly';

/** What every path of an assembly held and was at one moment: SHA-256 of a file's bytes, the target of a link, the mode. */
export type Seal = ReadonlyMap<string, string>;

/** An assembly, and what it was before it was audited. */
export interface SealedAssembly extends Assembly {
  readonly seal: Seal;
}

/** CDK's locks come and go in the folder while it reads: `read.PID.N.lock`, `synth.lock`. */
const lockFile = /^[^/]*\.lock$/;

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => { for await (const chunk of chunks) hash.update(chunk); });
  return hash.digest('hex');
}

async function addTo(seal: Map<string, string>, root: string, relative: string): Promise<void> {
  const path = join(root, relative);
  const stats = await lstat(path);
  if (stats.isDirectory()) {
    for (const name of await readdir(path)) await addTo(seal, root, join(relative, name));
    return;
  }
  if (lockFile.test(relative)) return;
  const content = stats.isFile() ? await digest(path) : stats.isSymbolicLink() ? `link ${await readlink(path)}` : 'other';
  seal.set(relative, `${stats.mode & 0o7777} ${content}`);
}

/** Takes down what is in an assembly before it is audited: what was audited must be what is handed over. */
export async function sealAssembly(directory: string): Promise<Seal> {
  const seal = new Map<string, string>();
  await addTo(seal, directory, '');
  return seal;
}

/** Paths in the assembly that came, went or changed since `seal`, in order. */
export async function changedSince(seal: Seal, directory: string): Promise<string[]> {
  const now = await sealAssembly(directory);
  return [...new Set([...seal.keys(), ...now.keys()])].filter((path) => seal.get(path) !== now.get(path)).toSorted();
}
