import { stripVTControlCharacters } from 'node:util';

/** Columns that `text` takes, its colours aside. */
function width(text: string): number {
  return stripVTControlCharacters(text).length;
}

/**
 * `text` broken between words so that no line is longer than `columns` where a word allows it. Lines that `text`
 * already has stay lines; a line that begins with a space is copyable text and is left alone.
 *
 * @param columns `null` for no wrapping
 * @param indent what each line but the first begins with
 * @param taken how many columns stand before the first line already
 */
export function wrap(text: string, columns: number | null, indent = '', taken = indent.length): string {
  return text
    .split('\n')
    .flatMap((line, index) => (columns === null || line.startsWith(' ') ? [line] : wrapLine(line, columns - (index === 0 ? taken : indent.length), columns - indent.length)))
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join('\n');
}

/**
 * What each line but the first begins with, below a column of `taken` characters: so many spaces, or only `least`
 * where a word of `text` would not fit behind so many: an ARN is copied, and should stay on one line.
 */
export function hangingIndent(text: string, columns: number | null, taken: number, least: number): string {
  const longest = Math.max(...text.split(/\s/).map(width));
  const stays = columns === null || longest <= columns - taken || longest > columns - least;
  return ' '.repeat(stays ? taken : least);
}

/** `text` with words longer than `room` cut where an ARN or a path has its parts: for text that is read, not copied. */
export function breakLongWords(text: string, room: number | null): string {
  if (room === null) return text;
  const parts = new RegExp(String.raw`.{1,${room}}$|.{1,${room - 1}}[:/,]|.{1,${room}}`, 'g');
  return text.split(' ').map((word) => (word.length > room ? (word.match(parts) ?? [word]).join(' ') : word)).join(' ');
}

/** @param first the width of the first line, which may stay empty where a word only fits into the `rest` */
function wrapLine(line: string, first: number, rest: number): string[] {
  const lines: string[] = [];
  let current: string | null = null;
  for (const word of line.split(' ')) {
    const room = lines.length === 0 ? first : rest;
    const longer: string = current === null ? word : `${current} ${word}`;
    const breaks: boolean = width(longer) > room && (current !== null || (lines.length === 0 && first < rest));
    if (breaks) lines.push((current ?? '').trimEnd());
    current = breaks ? word : longer;
  }
  return [...lines, current ?? ''];
}
