/**
 * `text` broken between words so that no line is longer than `columns` where a word allows it. Lines that `text`
 * already has stay lines; a line that begins with a space is copyable text and is left alone.
 *
 * @param columns `null` for no wrapping
 * @param indent what each line but the first begins with
 */
export function wrap(text: string, columns: number | null, indent = ''): string {
  return text
    .split('\n')
    .flatMap((line) => (columns === null || line.startsWith(' ') ? [line] : wrapLine(line, Math.max(20, columns - indent.length))))
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join('\n');
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
