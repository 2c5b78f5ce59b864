import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Writes a file that only its owner can read, whole or not at all, whatever ends the process or the machine meanwhile.
 *
 * @param path nobody else writes it at the same time; what a killed process left half-written beside it is written over
 */
export function writeWhole(path: string, data: string | Buffer): void {
  const working = `${path}.working`;
  const file = openSync(working, 'w', 0o600);
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(working, path);
}
