import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the state anew where the port is another than before, so that the outputs of stacks stay true. */
export function moveOrigin(folder: string, before: number, after: number): void {
  const path = join(folder, 'state.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(`${path}.moving`, text.replace(new RegExp(`(127\\.0\\.0\\.1|localhost):${before}(?!\\d)`, 'g'), `$1:${after}`), { mode: 0o600 });
  renameSync(`${path}.moving`, path);
}
