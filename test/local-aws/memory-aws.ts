import { logLine } from '../../scripts/local-aws/log-line';
import type { LocalAws, LocalEvent } from '../../scripts/local-aws/service';
import type { Store, Table } from '../../scripts/local-aws/store';

export const account = '123456789012';

/** A local AWS that keeps its state in memory, and what it logged. */
export function memoryAws(): LocalAws & { readonly events: LocalEvent[] } {
  const tables = new Map<string, Table<unknown>>();
  const store: Store = {
    folder: '/nonexistent',
    table<Record>(name: string) {
      const table = tables.get(name) ?? new Map<string, unknown>();
      tables.set(name, table);
      return table as Table<Record>;
    },
    save() {
      // What it would write must be plain JSON.
      JSON.stringify([...tables]);
    },
    async saved() {
      this.save();
    },
  };
  const events: LocalEvent[] = [];
  return { account, store, events, origin: () => 'http://127.0.0.1:0', log: ({ kind, text }) => void events.push({ kind, text: logLine(text) }) };
}
