import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalAws } from '../service';
import { writeWhole } from '../write-whole';

/**
 * Keeps bytes, whole or not at all, and gives the name of their file. The name is made up, so that a key such as
 * `../../etc/passwd`, or one longer than file names may be, never meets the file system.
 */
export function writeBytes(local: LocalAws, body: Buffer): string {
  mkdirSync(folderOf(local), { recursive: true, mode: 0o700 });
  const name = randomBytes(16).toString('hex');
  writeWhole(join(folderOf(local), name), body);
  return name;
}

/** @param name that {@link writeBytes} gave */
export function readBytes(local: LocalAws, name: string): Buffer {
  return readFileSync(join(folderOf(local), name));
}

/** The state is written before the files go, so that it never names one that is not there. */
export function removeBytes(local: LocalAws, names: readonly string[]): void {
  if (names.length === 0) return;
  local.store.save();
  for (const name of names) rmSync(join(folderOf(local), name), { force: true });
}

/** Removes what a killed process left: files that the state does not name. */
export function sweepBytes(local: LocalAws, named: ReadonlySet<string>): void {
  let present: string[];
  try {
    present = readdirSync(folderOf(local));
  } catch {
    return;
  }
  for (const name of present) if (!named.has(name)) rmSync(join(folderOf(local), name), { force: true });
}

function folderOf(local: LocalAws): string {
  return join(local.store.folder, 's3');
}
