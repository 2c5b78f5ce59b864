import type { Style } from './style';
import { hangingIndent, wrap } from './wrap';

/** How wide the labels of a plan and of a summary are. */
export const labelColumn = 10;

/** `text` behind its label, or below it where a word of it needs the room; the label is empty where it is the one above. */
export function labelledRow(label: string, text: string, { columns, dim }: Pick<Style, 'columns' | 'dim'>): string {
  const taken = labelColumn + 2;
  const wrapped = wrap(text, columns, hangingIndent(text, columns, taken, 2), taken);
  return `  ${dim(wrapped.startsWith('\n') ? label : label.padEnd(labelColumn))}${wrapped}`;
}

/** One such row each, the label before the first. */
export function labelledRows(label: string, texts: readonly string[], style: Pick<Style, 'columns' | 'dim'>): string[] {
  return texts.map((text, index) => labelledRow(index === 0 ? label : '', text, style));
}
