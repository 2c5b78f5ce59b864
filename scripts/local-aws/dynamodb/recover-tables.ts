import type { DynaliteStore, TableRecord } from 'dynalite/db/index.js';
import { fillIndex } from './indexes';
import { runAction, settled } from './run-action';

/** Ends what a killed process left half-way: dynalite's timers, which would have ended it, are gone with it. */
export async function recoverTables(store: DynaliteStore): Promise<void> {
  for (const name of await tableNames(store)) {
    const table = await settled<TableRecord>((done) => store.tableDb.get(name, done));
    // Some of its items are gone already.
    if (table.TableStatus === 'DELETING') await runAction(store, 'DeleteTable', { TableName: name });
    else await activate(store, table);
  }
}

async function activate(store: DynaliteStore, table: TableRecord): Promise<void> {
  const indexes = table.GlobalSecondaryIndexes ?? [];
  if (table.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return;
  table.TableStatus = 'ACTIVE';
  await settled<void>((done) => store.tableDb.put(table.TableName, table, done));
  for (const index of indexes) if (index.IndexStatus !== 'ACTIVE') await fillIndex(store, table, index);
}

async function tableNames(store: DynaliteStore): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await runAction(store, 'ListTables', after === undefined ? {} : { ExclusiveStartTableName: after });
    names.push(...(page['TableNames'] as string[]));
    after = page['LastEvaluatedTableName'] as string | undefined;
  } while (after !== undefined);
  return names;
}
