import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sources of a CDK app are, as `cdk init` and this project lay it out. */
const folders = ['bin', 'lib'];
const source = /\.(?:[cm]?[jt]sx?|py|java|go|cs)$/;

function* sources(folder: string): Generator<string> {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* sources(path);
    else if (entry.isFile() && source.test(entry.name)) yield path;
  }
}

/** Those of `names`, environment variables, that the app's own sources mention. No source is read where there are none. */
export function mentionedInApp(projectDirectory: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const pattern = new RegExp(String.raw`(?<!\w)(?:${names.join('|')})(?!\w)`, 'g');
  const found = new Set<string>();
  for (const folder of folders) {
    for (const path of sources(join(projectDirectory, folder))) {
      for (const [name] of readFileSync(path, 'utf8').matchAll(pattern)) found.add(name);
    }
  }
  return [...found].toSorted();
}
