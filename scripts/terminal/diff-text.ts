import { createTwoFilesPatch } from 'diff';
import type { Style } from './style';

/** What would change in the file at `path`, as `git diff` shows it. */
export function diffText(path: string, before: string, after: string, style: Style): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
  const lines = patch.trimEnd().split('\n').filter((line) => !/^=+$/.test(line));
  return lines.map((line) => (/^[+-]{3} /.test(line) ? style.bold(line) : line.startsWith('+') ? style.good(line) : line.startsWith('-') ? style.bad(line) : line.startsWith('@@') ? style.dim(line) : line)).join('\n');
}
