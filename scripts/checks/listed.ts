/** As many as a person reads. */
const most = 5;

/** `items` in one line, each as `text` says it, those that are too many only counted: `a; b; and 3 more`. */
export function listed<Item>(items: readonly Item[], text: (item: Item) => string): string {
  const shown = items.slice(0, most).map(text).join('; ');
  return items.length > most ? `${shown}; and ${items.length - most} more` : shown;
}
