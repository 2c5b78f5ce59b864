import { readTextFile } from './read-text-file';

/** One assignment of a `.env` file. */
export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
  /** The first line of a file is 1. A quoted value may go on until `lastLine`. */
  readonly line: number;
  readonly lastLine: number;
}

/** What lies where a `.env` file should be. */
export type Dotenv =
  | { readonly kind: 'read'; readonly entries: readonly DotenvEntry[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unusable'; readonly why: string };

/** Reads a `.env` file and does nothing with it: no variable is set by this. */
export function readDotenv(path: string): Dotenv {
  const file = readTextFile(path);
  return file.kind === 'text' ? { kind: 'read', entries: parseDotenv(file.text) } : file;
}

/** The last value of each name. */
export function dotenvValues(entries: readonly DotenvEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ name, value }) => [name, value]));
}

const assignment = /^[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)(?:[^\S\n]*=|:(?=[^\S\n]))[^\S\n]*/;
const afterQuote = /^[^\S\n]*(?:#[^\n]*)?(?:\n|$)/;

/**
 * The assignments of `text`, in order. It reads as dotenv does, but cuts an unquoted value at `#` only behind a
 * space: a secret may have one in its middle.
 */
export function parseDotenv(text: string): DotenvEntry[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
  const entries: DotenvEntry[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [head, name] = assignment.exec(lines[index] ?? '') ?? [];
    if (head === undefined || name === undefined) continue;
    const rest = (lines[index] ?? '').slice(head.length);
    const quoted = quotedValue(rest, lines, index);
    entries.push({ name, value: quoted?.value ?? unquotedValue(rest), line: index + 1, lastLine: (quoted?.lastIndex ?? index) + 1 });
    index = quoted?.lastIndex ?? index;
  }
  return entries;
}

function unquotedValue(rest: string): string {
  return (rest.startsWith('#') ? '' : (rest.split(/\s#/, 1)[0] ?? '')).trim();
}

/** The value in quotes that begins `rest`, and the index of the line where it ends; `null` where no quote closes it. */
function quotedValue(rest: string, lines: readonly string[], from: number): { readonly value: string; readonly lastIndex: number } | null {
  const quote = rest.charAt(0);
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  const parts: string[] = [];
  for (let index = from; index < lines.length; index++) {
    const line = index === from ? rest.slice(1) : (lines[index] ?? '');
    const end = closing(line, quote);
    if (end === -1) {
      parts.push(line);
      continue;
    }
    if (!afterQuote.test(line.slice(end + 1))) return null;
    const value = [...parts, line.slice(0, end)].join('\n');
    return { value: quote === '"' ? value.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r') : value, lastIndex: index };
  }
  return null;
}

/** Where the quote closes: the first that has no backslash before it. */
function closing(line: string, quote: string): number {
  let at = line.indexOf(quote);
  while (at > 0 && line[at - 1] === '\\') at = line.indexOf(quote, at + 1);
  return at;
}
