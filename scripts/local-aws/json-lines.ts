import { appendFileSync, readFileSync } from 'node:fs';

/** Adds records to a file of JSON lines, which is made, for its owner alone, where it is missing. */
export function appendJsonLines(path: string, records: readonly object[]): void {
  // The line end comes first, so that what a killed process left unfinished takes nothing with it.
  appendFileSync(path, records.map((record) => `\n${JSON.stringify(record)}`).join(''), { mode: 0o600 });
}

/** The records of such a file, oldest first; none where it is missing. A line that a killed process left unfinished is passed over. */
export function readJsonLines<Record>(path: string): Record[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Record];
    } catch {
      return [];
    }
  });
}
