import type { DynaliteStore, Index, Item, TableRecord } from 'dynalite/db/index.js';
import { AwsError } from '../aws-error';
import type { JsonObject } from '../resource';
import { verifiedInput, settled } from './run-action';

/**
 * The part of UpdateTable that dynalite passes over: making or deleting a global secondary index.
 *
 * @returns null where the request asks for neither
 * @throws AwsError LimitExceededException, ResourceNotFoundException, ValidationException
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export async function changeIndexes(store: DynaliteStore, input: JsonObject): Promise<JsonObject | null> {
  const updates = (input['GlobalSecondaryIndexUpdates'] ?? []) as JsonObject[];
  const changes = updates.filter(({ Update }) => Update === undefined);
  if (changes.length === 0) return null;
  const { AttributeDefinitions, ...rest } = input;
  const { Create, Delete } = changes[0] ?? {};
  await verifiedInput(store, 'UpdateTable', { ...rest, GlobalSecondaryIndexUpdates: updates.map(withThroughput) });
  if (updates.length > 1 || Object.keys(rest).length > 2) throw new AwsError('LimitExceededException', 'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table');
  const name = rest['TableName'] as string;
  const table = await settled<TableRecord | undefined>((done) => store.tableDb.get(name, done));
  if (table === undefined) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  if (Delete !== undefined) await deleteIndex(store, table, (Delete as unknown as Index).IndexName);
  else await createIndex(store, { ...table, AttributeDefinitions: (AttributeDefinitions ?? table.AttributeDefinitions) as TableRecord['AttributeDefinitions'] }, Create as unknown as Index);
  return { TableDescription: (await settled<TableRecord>((done) => store.tableDb.get(table.TableName, done))) as unknown as JsonObject };
}

/** Fills an index with the items that the table has. It may have been begun before. */
export async function fillIndex(store: DynaliteStore, table: TableRecord, index: Index): Promise<void> {
  const { default: dynalite } = await import('dynalite/db/index.js');
  const records = store.getIndexDb('Global', table.TableName, index.IndexName);
  for await (const item of store.getItemDb(table.TableName).createValueStream()) {
    if (!fits(table, index, item)) continue;
    for (const { key, item: projected } of dynalite.getIndexActions([index], null, item, table).puts) await settled<void>((done) => records.put(key, projected, done));
  }
  index.IndexStatus = 'ACTIVE';
  await settled<void>((done) => store.tableDb.put(table.TableName, table, done));
}

/** What of an earlier index of that name was left goes first. */
async function createIndex(store: DynaliteStore, table: TableRecord, definition: Index): Promise<void> {
  const { IndexName } = definition;
  const indexes = table.GlobalSecondaryIndexes ?? [];
  if (indexes.some((each) => each.IndexName === IndexName)) throw new AwsError('ValidationException', `One or more parameter values were invalid: Duplicate index name: ${IndexName}`);
  const zero = { ReadCapacityUnits: 0, WriteCapacityUnits: 0 };
  const index: Index = {
    ...definition,
    IndexArn: `${table.TableArn}/index/${IndexName}`, IndexStatus: 'CREATING', IndexSizeBytes: 0, ItemCount: 0,
    ProvisionedThroughput: { ...zero, ...(definition['ProvisionedThroughput'] as object | undefined), NumberOfDecreasesToday: 0 },
  };
  const names = new Set(table.AttributeDefinitions.map(({ AttributeName }) => AttributeName));
  const missing = definition.KeySchema.find(({ AttributeName }) => !names.has(AttributeName));
  if (missing !== undefined) {
    const keys = definition.KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
    throw new AwsError('ValidationException', `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${keys}], AttributeDefinitions: [${[...names].join(', ')}]`);
  }
  await settled<void>((done) => store.deleteIndexDb('Global', table.TableName, IndexName, done));
  table.GlobalSecondaryIndexes = [...indexes, index];
  await settled<void>((done) => store.tableDb.put(table.TableName, table, done));
  await fillIndex(store, table, index);
}

async function deleteIndex(store: DynaliteStore, table: TableRecord, name: string): Promise<void> {
  const kept = (table.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => IndexName !== name);
  if (kept.length === (table.GlobalSecondaryIndexes ?? []).length) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Index: ${name} not found`);
  if (kept.length === 0) delete table.GlobalSecondaryIndexes;
  else table.GlobalSecondaryIndexes = kept;
  // Who looks for them finds those of keys alone.
  const used = new Set([table, ...kept, ...((table['LocalSecondaryIndexes'] ?? []) as Index[])].flatMap(({ KeySchema }) => KeySchema.map(({ AttributeName }) => AttributeName)));
  table.AttributeDefinitions = table.AttributeDefinitions.filter(({ AttributeName }) => used.has(AttributeName));
  await settled<void>((done) => store.tableDb.put(table.TableName, table, done));
  await settled<void>((done) => store.deleteIndexDb('Global', table.TableName, name, done));
}

/** DynamoDB leaves an item out of a new index whose key it has with another type. */
function fits({ AttributeDefinitions }: TableRecord, { KeySchema }: Index, item: Item): boolean {
  return KeySchema.every(({ AttributeName }) => {
    const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType ?? '';
    return item[AttributeName] !== undefined && type in item[AttributeName];
  });
}

/** Dynalite's check wants a throughput of tables that are paid by the request as well. */
function withThroughput(update: JsonObject): JsonObject {
  if (update['Create'] === undefined) return update;
  return { Create: { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }, ...(update['Create'] as JsonObject) } };
}
