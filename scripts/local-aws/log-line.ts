import { stripVTControlCharacters } from 'node:util';
import { redact } from '../secrets/redact';

/** Longest line: characters. */
const longest = 4000;

/**
 * What is logged as one line, whoever wrote it: without secrets, and without what would move the cursor or paint the
 * terminal that it is shown on.
 */
export function logLine(text: string): string {
  const line = stripVTControlCharacters(redact(text)).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
