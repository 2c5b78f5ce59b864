/**
 * Where `text` stops being JSON, without quoting it: a file that somebody broke may hold anything. Node's message names
 * the position, the end of the text, or, of a short text, only the character; then it is where a prefix first fails.
 */
export function lineOfJsonError(text: string, error: unknown): string {
  const message = messageOf(error);
  const end = text.trimEnd().length;
  const position = /end of JSON input/.test(message) ? end : (positionIn(message) ?? firstWrong(text));
  if (end === 0) return 'it is empty';
  return position >= end ? `it ends too early, in line ${lineAt(text, end)}` : `line ${lineAt(text, position)} is wrong`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

function positionIn(message: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? null : Number(position);
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** The index of the first character that no JSON text could have there: shorter prefixes only end too early. */
function firstWrong(text: string): number {
  let [right, wrong] = [0, text.length];
  while (wrong - right > 1) {
    const middle = Math.floor((right + wrong) / 2);
    if (endsTooEarly(text.slice(0, middle))) right = middle;
    else wrong = middle;
  }
  return right;
}

function endsTooEarly(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const message = messageOf(error);
    return /end of JSON input|Unterminated/.test(message) || (positionIn(message) ?? -1) >= prefix.length;
  }
}
