import dynalite, { type TableRecord } from 'dynalite/db/index.js';
import { join } from 'node:path';
import { callTable, closeDatabases, settledTable } from '../../../scripts/local-aws/dynamodb/databases';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import type { LocalAws } from '../../../scripts/local-aws/service';
import { folderAws, type FolderAws } from '../lambda/folder-aws';

const region = 'us-west-2';
let local: FolderAws;
beforeEach(async () => {
  local = folderAws();
  await callTable(local, region, 'CreateTable', {
    TableName: 'notes', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: ['id', 'by'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [{ IndexName: 'people', KeySchema: [{ AttributeName: 'by', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
  });
  await settledTable(local, region, 'notes');
});
afterEach(async () => {
  await closeDatabases(local);
  await local.close();
});

const scan = (IndexName?: string): Promise<JsonObject> => callTable(local, region, 'Scan', { TableName: 'notes', ...(IndexName === undefined ? {} : { IndexName }) });

/** What a process that was killed between dynalite's steps leaves. */
async function leave(change: (table: TableRecord) => void, index: 'kept' | 'empty' = 'kept'): Promise<void> {
  await closeDatabases(local);
  const store = dynalite.create({ path: join(local.store.folder, 'dynamodb', region), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await store.db.open();
  await new Promise<void>((done) => {
    store.tableDb.get('notes', (_, table) => {
      if (table === undefined) throw new Error('no table');
      change(table);
      store.tableDb.put('notes', table, () => done());
    });
  });
  if (index === 'empty') await new Promise<void>((done) => { store.deleteIndexDb('Global', 'notes', 'people', () => done()); });
  await store.lifecycleManager.gracefulClose();
}

test.each(['CREATING', 'UPDATING'])('a table that was left %s is active, whole and can be deleted', async (status) => {
  await callTable(local, region, 'PutItem', { TableName: 'notes', Item: { id: { S: '1' }, by: { S: 'me' } } });
  await leave((table) => {
    table.TableStatus = status;
    for (const index of table.GlobalSecondaryIndexes ?? []) index.IndexStatus = status;
  });
  expect(await settledTable(local, region, 'notes')).toMatchObject({ TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] });
  expect([await scan(), await scan('people')]).toMatchObject([{ Count: 1 }, { Count: 1 }]);
  await callTable(local, region, 'DeleteTable', { TableName: 'notes' });
  expect(await settledTable(local, region, 'notes')).toBeNull();
});

test('an index that was left half-filled is filled', async () => {
  await callTable(local, region, 'PutItem', { TableName: 'notes', Item: { id: { S: '1' }, by: { S: 'me' } } });
  await leave((table) => { for (const index of table.GlobalSecondaryIndexes ?? []) index.IndexStatus = 'CREATING'; }, 'empty');
  expect(await settledTable(local, region, 'notes')).toMatchObject({ GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] });
  expect(await scan('people')).toMatchObject({ Count: 1 });
});

test('a table that was left DELETING is gone, and its name is free', async () => {
  await leave((table) => { table.TableStatus = 'DELETING'; });
  expect(await settledTable(local, region, 'notes')).toBeNull();
});

test('who opens what another has open is told so, and served once it is free', async () => {
  const other: LocalAws = { ...local };
  await expect(callTable(other, region, 'ListTables', {})).rejects.toMatchObject({ code: 'InternalServerError', message: 'The tables of us-west-2 cannot be opened: another process has them open.', status: 500 });
  await closeDatabases(local);
  try {
    expect(await callTable(other, region, 'ListTables', {})).toEqual({ TableNames: ['notes'] });
  } finally {
    await closeDatabases(other);
  }
});
