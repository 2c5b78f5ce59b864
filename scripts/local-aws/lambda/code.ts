import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import { functions } from './functions';

/** Bytes of the unpacked code. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largest = 250 * 1024 * 1024;

/** The folders that this process is filling. */
const unpacking = new Set<string>();

/** @param code SHA-256 of the package, in hexadecimal: see {@link unpackCode} */
export function codeFolder(local: LocalAws, code: string): string {
  return join(local.store.folder, 'lambda', 'code', code);
}

/**
 * Unpacks a deployment package, once for each content.
 *
 * @returns its SHA-256 in hexadecimal
 * @throws AwsError InvalidParameterValueException for what is no zip file, is too large, or leads out of its folder
 */
export async function unpackCode(local: LocalAws, zip: Buffer): Promise<string> {
  const code = createHash('sha256').update(zip).digest('hex');
  const folder = codeFolder(local, code);
  if (existsSync(folder)) return code;
  const working = `${folder}.${randomUUID()}`;
  unpacking.add(basename(working));
  mkdirSync(working, { recursive: true, mode: 0o700 });
  try {
    await unpack(zip, working);
    if (!existsSync(folder)) renameSync(working, folder);
  } catch (error) {
    throw error instanceof AwsError ? error : new AwsError('InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.');
  } finally {
    rmSync(working, { recursive: true, force: true });
    unpacking.delete(basename(working));
  }
  return code;
}

/** Removes what no function names and nobody runs, half-unpacked folders of a killed process included. */
export function removeUnusedCode(local: LocalAws, running: ReadonlySet<string>): void {
  const folder = codeFolder(local, '');
  const named = new Set([...functions(local).values()].map(({ code }) => code));
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!named.has(name) && !running.has(name) && !unpacking.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

async function unpack(zip: Buffer, folder: string): Promise<void> {
  const file = await open(zip);
  let size = 0;
  await new Promise<void>((done, fail) => {
    file.once('end', done).once('error', fail);
    file.on('entry', (entry: Entry) => {
      size += entry.uncompressedSize;
      if (size > largest) fail(new AwsError('InvalidParameterValueException', `Unzipped size must be smaller than ${largest} bytes`));
      else write(file, entry, folder).then(() => file.readEntry(), fail);
    });
    file.readEntry();
  });
}

/** yauzl refuses absolute names and `..`; this looks again at where the file would go. */
async function write(file: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = resolve(folder, entry.fileName);
  if (!path.startsWith(folder + sep)) throw new Error(entry.fileName);
  if (entry.fileName.endsWith('/')) {
    mkdirSync(path, { recursive: true });
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  const executable = ((entry.externalFileAttributes >>> 16) & 0o111) !== 0;
  await pipeline(await content(file, entry), createWriteStream(path, { mode: executable ? 0o755 : 0o644 }));
}

function open(zip: Buffer): Promise<ZipFile> {
  return new Promise((done, fail) => {
    fromBuffer(zip, { lazyEntries: true }, (error, file) => (error ? fail(error) : done(file)));
  });
}

function content(file: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((done, fail) => {
    file.openReadStream(entry, (error, stream) => (error ? fail(error) : done(stream)));
  });
}
