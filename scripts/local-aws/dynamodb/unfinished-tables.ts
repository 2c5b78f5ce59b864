import { readdirSync } from 'node:fs';

interface StoredTable {
  readonly TableName: string;
  TableStatus: string;
  readonly GlobalSecondaryIndexes?: readonly { IndexStatus: string }[];
}

/**
 * Ends what a killed process left half-way. dynalite makes and deletes a table in two steps, the second by a timer
 * that dies with the process: such a table would never be ACTIVE, and could not be deleted either. One that was being
 * deleted is whole again; whoever deleted it got no answer.
 */
export async function endUnfinished(path: string): Promise<void> {
  if (readdirSync(path).length === 0) return;
  const { create } = await import('dynalite/db');
  const store = create({ path });
  const tables = await new Promise<StoredTable[]>((done, fail) => {
    const found: StoredTable[] = [];
    store.tableDb.createValueStream().on('data', (table: StoredTable) => found.push(table)).once('end', () => done(found)).once('error', fail);
  });
  for (const table of tables) {
    const indexes = table.GlobalSecondaryIndexes ?? [];
    if ([table.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)].every((status) => status === 'ACTIVE')) continue;
    table.TableStatus = 'ACTIVE';
    for (const index of indexes) index.IndexStatus = 'ACTIVE';
    await ended((done) => store.tableDb.put(table.TableName, table, done));
  }
  await ended((done) => store.db.close(done));
}

type Callback = (error?: Error | null) => void;

async function ended(start: (done: Callback) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
