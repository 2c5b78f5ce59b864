import { createReadStream } from 'node:fs';
import type { Credentials } from '../credentials/source';
import { archiveEntries, archiveKindOfFile, copyingArchive, type ArchiveKind } from './archive';
import { scanStream } from './scan-stream';
import { scannerFor, type Rule, type Scanner } from './scanner';
import { uploadedFiles, type UploadedFile } from './uploaded-files';
import type { ZipEntry } from './zip';

/** A credential in an assembly, or what could not be looked into for one. */
export interface AuditFinding {
  readonly severity: 'fail' | 'warn';
  /** Relative to the assembly, or absolute where it is elsewhere; `asset.x.zip!inner/file` inside a zip. */
  readonly path: string;
  readonly rule: Rule;
}

/** How many archives may lie in each other to be looked into: a layer, with a jar, with a jar. */
const deepest = 3;

/** In bytes: a larger archive inside another is not looked into, since it is unpacked from memory. */
const largestInside = 1 << 26;

function findings(rules: Iterable<Rule>, path: string, scanner: Scanner): AuditFinding[] {
  return [...rules].map((rule) => ({ severity: scanner.severityOf(rule), path, rule }));
}

/** Searches an entry as it is and, where it is an archive itself, down to `deepest`, what is in it. */
async function auditEntry({ stream }: ZipEntry, path: string, depth: number, scanner: Scanner): Promise<AuditFinding[]> {
  const notSearched = findings(['not-searched'], path, scanner);
  if (stream === null) return notSearched;
  const copied = copyingArchive(stream as AsyncIterable<Buffer>, largestInside);
  const rules = await scanStream(copied.through, scanner).catch(() => null);
  if (rules === null) return notSearched;
  const found = findings(rules, path, scanner);
  const archive = copied.archive();
  if (archive === null) return found;
  if (archive.bytes === null || depth === deepest) return [...found, ...notSearched];
  return [...found, ...await auditArchive(archive.kind, archive.bytes, path, depth + 1, scanner)];
}

async function auditArchive(kind: ArchiveKind, source: string | Buffer, path: string, depth: number, scanner: Scanner): Promise<AuditFinding[]> {
  const found: AuditFinding[] = [];
  for await (const entry of archiveEntries(kind, source)) {
    found.push(...await auditEntry(entry, entry.path === '' ? path : `${path}!${entry.path}`, depth, scanner));
  }
  return found;
}

async function auditFile({ path, absolute }: UploadedFile, scanner: Scanner): Promise<AuditFinding[]> {
  const found = findings(await scanStream(createReadStream(absolute, { highWaterMark: 1 << 20 }), scanner), path, scanner);
  const kind = await archiveKindOfFile(absolute);
  return kind === null ? found : [...found, ...await auditArchive(kind, absolute, path, 1, scanner)];
}

/**
 * Searches an assembly, asset folders wherever they are, zips and gzips included, for the credentials in use, in the forms of
 * `encodingsOf`, and for AWS key pairs. Memory stays bounded, whatever the size of an asset.
 *
 * @param credentials those in use; `null` to look for key pairs alone
 * @param keys long-term ones for which those were exchanged
 * @returns what was found and where, never the value; what could not be looked into as well
 */
export async function auditAssembly(directory: string, credentials: Credentials | null, keys: Credentials | null = null): Promise<readonly AuditFinding[]> {
  const scanner = scannerFor(credentials, keys);
  const found: AuditFinding[] = [];
  for await (const file of uploadedFiles(directory)) found.push(...await auditFile(file, scanner).catch(() => findings(['not-searched'], file.path, scanner)));
  return found;
}
