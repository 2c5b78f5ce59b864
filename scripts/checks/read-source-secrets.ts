import { join } from 'node:path';
import { searchForInUse } from '../assembly/scanner';
import type { Credentials, Surroundings } from '../credentials/source';
import { blobContents, trackedFiles, type TrackedFile } from '../git/tracked-files';
import { readCleanBlobs } from './clean-blobs';
import { findInSource, isBinary } from './find-in-source';
import { largestSource, searchFiles, type Searched } from './search-files';
import type { SourceFinding, SourceScan } from './source-secrets';

/** Which source is searched, and for whose credentials besides. */
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
  const note = ({ path, blob }: TrackedFile, searched: Searched, isBlob: boolean): void => {
    if (searched === 'not-searched') notSearched.push(path);
    else if (searched !== 'absent') findings.push(...searched);
    const isClean = typeof searched !== 'string' && searched.length === 0; // one that was taken away meanwhile was not seen
    if (isBlob && !isClean) dirty.add(blob);
  };
  const unknown = files.filter(({ changed, blob }) => changed || !clean.has(blob)).map((file) => ({ ...file, absolute: join(projectDirectory, file.path) }));
  const staged = new Map(files.filter(({ changed, blob }) => changed && !clean.has(blob)).map((file) => [file.blob, file]));
  await searchFiles(unknown, inUse, (file, searched) => {
    if (searched === 'absent' && !file.changed) staged.set(file.blob, file); // git sees it there: its name is not UTF-8
    else note(file, searched, !file.changed);
  });
  for await (const { blob, bytes } of blobContents(projectDirectory, environment, [...staged.keys()], largestSource)) {
    const file = staged.get(blob);
    if (file !== undefined) note(file, bytes === null ? 'not-searched' : isBinary(bytes) ? [] : findInSource(bytes, file.path, inUse), true);
    staged.delete(blob);
  }
  clean.keep(files.map(({ blob }) => blob).filter((blob) => !dirty.has(blob) && !staged.has(blob)));
  return { kind: 'scanned', files: new Set(files.map(({ path }) => path)).size, findings: distinct(findings), notSearched: [...new Set(notSearched)] };
}

/** What is both staged and in the working tree is told once. */
function distinct(findings: readonly SourceFinding[]): SourceFinding[] {
  return [...new Map(findings.toReversed().map((finding) => [`${finding.path}\0${finding.fingerprint}`, finding])).values()].toReversed();
}
