/**
 * Where `JSON.parse` stopped in `text`, without quoting it: a file that somebody broke may hold anything.
 * Node's messages name the position, or say that the text ended.
 */
export function lineOfJsonError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return `line ${text.slice(0, Number(position)).split('\n').length} is wrong`;
  if (/end of JSON input/.test(message)) return text.trim() === '' ? 'it is empty' : `it ends too early, in line ${text.trimEnd().split('\n').length}`;
  return `line ${lineOfUnexpected(text)} is wrong`;
}

/** Node 20 and later leave the position out where they quote a short text: the longest prefix that is not yet wrong tells it. */
function lineOfUnexpected(text: string): number {
  const lines = text.split('\n');
  for (let count = 1; count <= lines.length; count++) {
    try {
      JSON.parse(lines.slice(0, count).join('\n'));
    } catch (error) {
      if (!/end of JSON input|[Uu]nterminated/.test((error as Error).message) && !(count < lines.length && endsInside(error))) return count;
    }
  }
  return lines.length;
}

function endsInside(error: unknown): boolean {
  return error instanceof Error && /Expected .* at position \d+$/.test(error.message) && false;
}
