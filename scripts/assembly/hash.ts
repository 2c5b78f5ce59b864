import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** CDK's locks come and go in the folder while it reads: `read.PID.N.lock`, `synth.lock`. */
const lockFile = /\.lock$/;

async function addTo(hash: Hash, root: string, relative: string): Promise<void> {
  const path = join(root, relative);
  const stats = await lstat(path);
  if (stats.isDirectory()) {
    for (const name of (await readdir(path)).toSorted()) {
      if (relative !== '' || !lockFile.test(name)) await addTo(hash, root, join(relative, name));
    }
    return;
  }
  hash.update(`${JSON.stringify(relative)} ${stats.mode & 0o7777} `);
  if (stats.isSymbolicLink()) hash.update(`link ${JSON.stringify(await readlink(path))}\n`);
  else if (stats.isFile()) {
    hash.update(`file ${stats.size}\n`);
    await pipeline(createReadStream(path), async (chunks: AsyncIterable<Buffer>) => { for await (const chunk of chunks) hash.update(chunk); });
  } else hash.update('other\n');
}

/** SHA-256 in hex over every path, mode and byte of an assembly: what was audited must be what is handed over. */
export async function hashAssembly(directory: string): Promise<string> {
  const hash = createHash('sha256');
  await addTo(hash, directory, '');
  return hash.digest('hex');
}
