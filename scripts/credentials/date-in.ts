/** The moment that a text of a file or of an answer names, as ISO 8601 has it; `null` where it names none. */
export function dateIn(value: unknown): Date | null {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
