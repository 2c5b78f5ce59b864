import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { searchForInUse, type InUse } from '../assembly/scanner';
import type { Credentials, Surroundings } from '../credentials/source';
import { blobContents, trackedFiles, type TrackedFile } from '../git/tracked-files';
import { findKeys } from '../secrets/find-keys';
import { readCleanBlobs } from './clean-blobs';
import type { SourceFinding, SourceScan } from './source-secrets';

/** How many bytes a file has at most that is searched: source has fewer, and it is searched in memory. */
export const largestSource = 8 << 20;

/** How long the search goes on, in milliseconds, before the answers of AWS are seen to. */
const slice = 5;

/** Where git looks for a NUL to tell a binary file. */
const beginning = 8000;

export interface SourceInit extends Pick<Surroundings, 'projectDirectory' | 'environment'> {
  /** The project's folder that git ignores: what was searched before is remembered there. */
  readonly cache: string;
  /** Those that are used, which must not stand in the source either. */
  readonly credentials: Promise<Credentials | null>;
}

/** Looks for credentials in what git tracks below the project's folder: what is in the working tree, and what is staged. */
export async function readSourceSecrets({ projectDirectory, environment, cache, credentials }: SourceInit): Promise<SourceScan> {
  const tracked = await trackedFiles(projectDirectory, environment);
  if (tracked.kind === 'no-repository') return { kind: 'not-scanned', why: 'this folder is in no git repository, which would tell what is committed' };
  if (tracked.kind === 'unknown') return { kind: 'not-scanned', why: `${tracked.why}, so that what is committed is not known` };
  const { files } = tracked;
  const used = await credentials;
  const clean = readCleanBlobs(cache, used?.accessKeyId ?? null);
  const inUse = searchForInUse(used);
  const [findings, notSearched, dirty]: [SourceFinding[], string[], Set<string>] = [[], [], new Set()];
  const look = ({ path, blob }: TrackedFile, bytes: Buffer | null, isBlob: boolean): void => {
    const found = bytes === null ? null : findingsIn(bytes, path, inUse);
    if (found === null) notSearched.push(path);
    else findings.push(...found);
    if (isBlob && found?.length !== 0) dirty.add(blob);
  };
  await inTurns(files.filter(({ changed, blob }) => changed || !clean.has(blob)), (file) => {
    const bytes = readSource(join(projectDirectory, file.path));
    if (bytes !== 'absent') look(file, bytes, !file.changed);
    else if (!file.changed) dirty.add(file.blob); // taken away meanwhile, and so not seen
  });
  const staged = new Map(files.filter(({ changed, blob }) => changed && !clean.has(blob)).map((file) => [file.blob, file]));
  for await (const { blob, bytes } of blobContents(projectDirectory, environment, [...staged.keys()], largestSource)) {
    const file = staged.get(blob);
    if (file !== undefined) look(file, bytes, true);
    staged.delete(blob);
  }
  clean.keep(files.map(({ blob }) => blob).filter((blob) => !dirty.has(blob) && !staged.has(blob)));
  return { kind: 'scanned', files: new Set(files.map(({ path }) => path)).size, findings: distinct(findings), notSearched: [...new Set(notSearched)] };
}

async function inTurns(files: readonly TrackedFile[], look: (file: TrackedFile) => void): Promise<void> {
  let since = performance.now();
  for (const file of files) {
    look(file);
    if (performance.now() - since < slice) continue;
    await setImmediate();
    since = performance.now();
  }
}

/** All files are read into the same memory, one after the other. */
let memory = Buffer.alloc(1 << 16);

/** The bytes of a file until the next is read; `null` for one that is too large or not to be read, or of another kind. */
function readSource(path: string): Buffer | null | 'absent' {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : null;
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > largestSource) return null;
    if (memory.length < stats.size) memory = Buffer.alloc(Math.min(2 * stats.size, largestSource));
    let length = 0;
    for (let read = 1; read > 0 && length < stats.size; length += read) read = readSync(file, memory, length, stats.size - length, length);
    return memory.subarray(0, length);
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

function findingsIn(bytes: Buffer, path: string, inUse: InUse): SourceFinding[] {
  if (bytes.subarray(0, beginning).includes(0)) return [];
  const at = (index: number): number => bytes.toString('latin1', 0, index).split('\n').length;
  const own = inUse.firstIn(bytes);
  const used: SourceFinding[] = own === null ? [] : [{ path, line: at(own), rule: 'credential-in-use', fingerprint: fingerprintOf('credential-in-use', '') }];
  return [...used, ...findKeys(bytes).map(({ rule, index, value }) => ({ path, line: at(index), rule, fingerprint: fingerprintOf(rule, value) }))];
}

/** Sixteen digits: nobody finds the value from them, and no two values have the same. */
function fingerprintOf(rule: string, value: string): string {
  return createHash('sha256').update(`${rule}\n${value}`).digest('hex').slice(0, 16);
}

/** What is both staged and in the working tree is told once. */
function distinct(findings: readonly SourceFinding[]): SourceFinding[] {
  return [...new Map(findings.toReversed().map((finding) => [`${finding.path}\0${finding.fingerprint}`, finding])).values()].toReversed();
}
