import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = join(__dirname, '../..');

/** The TypeScript files below `folder` of the project, as paths from its root. */
export function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
}

/** What `text`, which stands at `file`, imports from the project, types too: paths from its root, without `.ts`. */
export function importsOf(file: string, text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => normalize(join(dirname(file), path)).replace(/\.ts$/, ''));
}

/** Each file of `folders`, without `.ts`, with what it imports. */
export function importGraph(...folders: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(folders.flatMap(filesOf).map((file) => [file.replace(/\.ts$/, ''), importsOf(file, readFileSync(join(root, file), 'utf8'))]));
}

/** A circle of imports, its first file repeated at its end; `null` where there is none. */
export function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle !== null) return circle;
  }
  return null;
}
