import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

export const readmePath = resolve(root, 'README.md');

export const readReadme = (): string => readFileSync(readmePath, 'utf8');

/** The text below a heading, up to the next one of its level or above. */
export function sectionOf(page: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  const [, rest = ''] = page.split(`\n${heading}\n`);
  return rest.split(new RegExp(`\n#{1,${level}} `))[0] ?? '';
}

const fence = /^```(\w*)\n([^]*?)^```$/gm;

/** What stands in the fenced blocks of a language. */
export function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(fence)].flatMap(([, one, text = '']) => (one === language ? [text] : []));
}

/** What stands between backticks in the text, tables included. */
export function codeSpansOf(page: string): string[] {
  return [...page.replaceAll(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
}

/** The paragraphs and the items of lists, each on one line: no tables, no code, no headings. */
export function proseOf(page: string): string[] {
  const paragraphs = page.replaceAll(fence, '').split('\n\n').flatMap((text) => text.split(/\n(?=- |\d+\. )/));
  return paragraphs.map((text) => text.split(/\s+/).join(' ').trim()).filter((text) => text !== '' && !/^[|<#]/.test(text));
}

/** The first cells of the rows of a table whose head begins with `head`. */
export function firstCells(section: string, head: string): string[] {
  const [, table = ''] = section.split(`| ${head} |`);
  const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
  return rows.map((row) => row.split(' | ')[0]?.replace(/^\| /, '') ?? '');
}
