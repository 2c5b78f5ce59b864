/** The commands of a block as a person copies them, without remarks, lines that go on put together, `&&` taken apart. */
export function commandsIn(block: string): string[] {
  const lines = block.replaceAll(/\\\n\s*/g, '').split('\n').map((line) => line.replace(/(?:^|\s)#\s.*$/, '').trim());
  return lines.filter(Boolean).flatMap((line) => line.split(' && ')).map((command) => command.trim());
}

/** The words of a command, quotes taken off. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_quoted, double?: string, single?: string) => double ?? single ?? ''));
}
