import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DynaliteStore } from 'dynalite/db/index.js';
import { AwsError } from '../aws-error';
import type { JsonObject } from '../resource';
import type { LocalAws } from '../service';
import { changeIndexes } from './indexes';
import { recoverTables } from './recover-tables';
import { runAction } from './run-action';

/** One database for each region, since tables of two regions may share a name. */
const opened = new WeakMap<LocalAws, Map<string, Promise<DynaliteStore>>>();

/** Milliseconds in which a table settles. Dynalite's own timers take none. */
const patience = 10_000;

/** @throws AwsError what DynamoDB says of it */
export async function callTable(local: LocalAws, region: string, action: string, input: JsonObject): Promise<JsonObject> {
  const store = await database(local, region);
  return (action === 'UpdateTable' ? await changeIndexes(store, input) : null) ?? runAction(store, action, input);
}

/**
 * Waits until a table and its indexes are active. Null once the table is gone.
 *
 * @throws AwsError InternalServerError where it stays as it is
 */
export async function settledTable(local: LocalAws, region: string, name: string): Promise<JsonObject | null> {
  for (const deadline = Date.now() + patience; ;) {
    const table = await describeTable(local, region, name);
    if (table === null) return null;
    const indexes = (table['GlobalSecondaryIndexes'] ?? []) as JsonObject[];
    if (table['TableStatus'] === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return table;
    if (Date.now() > deadline) throw new AwsError('InternalServerError', `The table ${name} stays ${JSON.stringify(table['TableStatus'])}.`, 500);
    await delay(2);
  }
}

async function describeTable(local: LocalAws, region: string, name: string): Promise<JsonObject | null> {
  try {
    return (await callTable(local, region, 'DescribeTable', { TableName: name }))['Table'] as JsonObject;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return null;
    throw error;
  }
}

/** @throws AwsError InternalServerError where another process has it open */
async function database(local: LocalAws, region: string): Promise<DynaliteStore> {
  const stores = opened.get(local) ?? new Map<string, Promise<DynaliteStore>>();
  opened.set(local, stores);
  const store = stores.get(region) ?? open(local, region);
  stores.set(region, store);
  try {
    return await store;
  } catch (error) {
    // The next request tries again.
    if (stores.get(region) === store) stores.delete(region);
    throw error;
  }
}

/** Closes those that are open. The next call opens them again. */
export async function closeDatabases(local: LocalAws): Promise<void> {
  const stores = [...(opened.get(local)?.values() ?? [])];
  opened.delete(local);
  for (const result of await Promise.allSettled(stores)) if (result.status === 'fulfilled') await result.value.lifecycleManager.gracefulClose();
}

async function open(local: LocalAws, region: string): Promise<DynaliteStore> {
  const { default: dynalite } = await import('dynalite/db/index.js');
  const path = join(local.store.folder, 'dynamodb', region);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const store = dynalite.create({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  Object.assign(store.tableDb, { awsAccountId: local.account, awsRegion: region });
  try {
    await store.db.open();
  } catch (error) {
    throw new AwsError('InternalServerError', `The tables of ${region} cannot be opened${isLocked(error) ? ': another process has them open' : ''}.`, 500);
  }
  await recoverTables(store);
  return store;
}

function isLocked(error: unknown): boolean {
  return (error as { readonly cause?: { readonly code?: string } }).cause?.code === 'LEVEL_LOCKED';
}
