import { dotenvValues, parseDotenv } from '../credentials/dotenv-file';

/** Quoted where a reader would cut or change it. */
function written(value: string): string {
  return /^[\w/+=.:@-]*$/.test(value) ? value : `'${value}'`;
}

/** The three bytes of a UTF-8 byte order mark, read as latin1. */
const mark = '\u00ef\u00bb\u00bf';

/**
 * The text of a `.env` file with `values` set in it. A name that it has keeps its place, further lines of that name
 * and those whose value is `null` go, new ones come last. All other lines stay as they are, byte for byte.
 *
 * @param values without line ends and quotation marks
 */
export function setDotenvValues(text: string, values: Readonly<Record<string, string | null>>): string {
  const start = text.startsWith(mark) ? mark : '';
  const body = text.slice(start.length);
  const end = body.includes('\r\n') ? '\r\n' : '\n';
  const lines = body === '' ? [] : body.split(/(?<=\n)|(?<=\r)(?!\n)/);
  const left = new Map(Object.entries(values));
  for (const { name, line, lastLine } of parseDotenv(body)) {
    if (!Object.hasOwn(values, name)) continue;
    const value = left.get(name) ?? null;
    left.delete(name);
    const lineEnd = /[\r\n]*$/.exec(lines[lastLine - 1] ?? '')?.[0] ?? '';
    lines.fill('', line - 1, lastLine);
    if (value !== null) lines[line - 1] = `${name}=${written(value)}${lineEnd}`;
  }
  const kept = lines.join('');
  const added = [...left].flatMap(([name, value]) => (value === null ? [] : [`${name}=${written(value)}${end}`]));
  return start + (added.length === 0 || kept === '' || /[\r\n]$/.test(kept) ? kept : kept + end) + added.join('');
}

/** Those of `names` that `text` does not set; one that it sets to nothing counts as set. */
export function namesNotIn(text: string, names: readonly string[]): string[] {
  const present = new Set(parseDotenv(text).map(({ name }) => name));
  return names.filter((name) => !present.has(name));
}

/** Whether a reader finds other values after the edit than before, besides those of `names`. */
export function changesOthers(before: string, after: string, names: readonly string[]): boolean {
  const others = (text: string): string => JSON.stringify([...dotenvValues(parseDotenv(text))].filter(([name]) => !names.includes(name)));
  return others(before) !== others(after);
}
