import { readFileSync } from 'node:fs';
import { statePath } from './store';
import { writeWhole } from './write-whole';

/** Writes the state anew where the port is another than before, so that the outputs of stacks stay true. */
export function moveOrigin(folder: string, before: number, after: number): void {
  const path = statePath(folder);
  writeWhole(path, readFileSync(path, 'utf8').replace(new RegExp(`(127\\.0\\.0\\.1|localhost):${before}(?!\\d)`, 'g'), `$1:${after}`));
}
