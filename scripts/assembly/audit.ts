import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '../credentials/source';
import { scanStream } from './scan-stream';
import { scannerFor, type Rule, type Scanner } from './scanner';
import { isZip, zipEntries } from './zip';

export interface AuditFinding {
  readonly severity: 'fail' | 'warn';
  /** Relative to the assembly; `asset.x.zip!inner/file` inside a zip. */
  readonly path: string;
  readonly rule: Rule;
}

/** Files below `directory`, relative, sorted. Links are not followed: what they point at is not uploaded by path. */
async function* filesBelow(directory: string, relative = ''): AsyncGenerator<string> {
  const entries = await readdir(join(directory, relative), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(relative, entry.name);
    if (entry.isDirectory()) yield* filesBelow(directory, path);
    else if (entry.isFile()) yield path;
  }
}

async function auditFile(directory: string, path: string, scanner: Scanner): Promise<AuditFinding[]> {
  const absolute = join(directory, path);
  const findings = (rules: ReadonlySet<Rule>, where: string): AuditFinding[] => [...rules].map((rule) => ({ severity: scanner.severityOf(rule), path: where, rule }));
  const { size } = await lstat(absolute);
  if (size === 0) return [];
  const found = findings(await scanStream(createReadStream(absolute, { highWaterMark: 1 << 20 }), scanner), path);
  if (!(await isZip(absolute))) return found;
  for await (const entry of zipEntries(absolute)) {
    const where = entry.path === '' ? path : `${path}!${entry.path}`;
    const rules = entry.stream === null ? null : await scanStream(entry.stream, scanner).catch(() => null);
    found.push(...(rules === null ? [{ severity: 'warn' as const, path: where, rule: 'not-searched' as const }] : findings(rules, where)));
  }
  return found;
}

/**
 * Searches an assembly, asset folders and zips included, for the credentials in use, in the forms of
 * `encodingsOf`, and for AWS key pairs. Memory stays bounded, whatever the size of an asset.
 *
 * @param credentials those in use; `null` to look for key pairs alone
 * @returns what was found and where, never the value
 */
export async function auditAssembly(directory: string, credentials: Credentials | null): Promise<readonly AuditFinding[]> {
  const scanner = scannerFor(credentials);
  const findings: AuditFinding[] = [];
  for await (const path of filesBelow(directory)) findings.push(...(await auditFile(directory, path, scanner)));
  return findings;
}
