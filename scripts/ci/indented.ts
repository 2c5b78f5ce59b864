/** Lines of a file as they stand below a sentence: set in, so that none of them is broken. */
export function indented(lines: string): string {
  return lines.replaceAll(/^/gm, '  ');
}
