import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const readme = resolve(__dirname, '../../README.md');

/** The text between the two marks of what the bench measures. */
const numbers = /(?<=<!-- bench: written by TAKEOFF_WRITE=1 npm run bench -->\n\n)[^]*?(?=\n\n<!-- \/bench -->)/;

/** The tables that the README shows. */
export function readNumbers(): string {
  return numbers.exec(readFileSync(readme, 'utf8'))?.[0] ?? '';
}

/** Puts what was measured into the README. */
export function writeNumbers(tables: string): void {
  writeFileSync(readme, readFileSync(readme, 'utf8').replace(numbers, () => tables));
}
