import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Assembly } from './assembly';
import { uploadedFiles } from './uploaded-files';

/** What every file of an assembly held at one moment: its mode and the SHA-256 of its bytes, by path. */
export type Seal = ReadonlyMap<string, string>;

/** An assembly, and what it was before it was audited. */
export interface SealedAssembly extends Assembly {
  readonly seal: Seal;
}

/** CDK's locks come and go in the folder while it reads: `read.PID.N.lock`, `synth.lock`. */
const lockFile = /^[^/]*\.lock$/;

async function stateOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const { mode } = await stat(path);
  await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => { for await (const chunk of chunks) hash.update(chunk); });
  return `${mode & 0o7777} ${hash.digest('hex')}`;
}

/** Notes what is in an assembly before it is audited: what was audited must be what is handed over. A file that cannot be read is noted as such. */
export async function sealAssembly(directory: string): Promise<Seal> {
  const seal = new Map<string, string>();
  for await (const { path, absolute } of uploadedFiles(directory)) {
    if (!lockFile.test(path)) seal.set(path, await stateOf(absolute).catch(() => 'not readable'));
  }
  return seal;
}

/** Paths in the assembly that came, went or changed since `seal`, in order. */
export async function changedSince(seal: Seal, directory: string): Promise<string[]> {
  const now = await sealAssembly(directory);
  return [...new Set([...seal.keys(), ...now.keys()])].filter((path) => seal.get(path) !== now.get(path)).toSorted();
}
