import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../aws-error';
import { requiredText } from '../properties';
import type { Json, JsonObject, ResourceContext } from '../resource';
import { callTable, settledTable } from './databases';
import { tableArn } from './tables';

/**
 * Brings a table to what the properties say, one call after the other as DynamoDB wants it. What there is says the
 * table itself: after an update that failed half-way no properties do.
 *
 * @throws AwsError ValidationException, and what else DynamoDB says of it
 */
export async function updateTable(context: ResourceContext, name: string, before: JsonObject, after: JsonObject): Promise<void> {
  const table = (await settledTable(context.local, context.region, name)) ?? {};
  const [old, next] = [indexes(table), indexes(after)];
  verifyIndexes(table, after);
  const gone = [...old.keys()].filter((index) => !next.has(index));
  const added = [...next].filter(([index]) => !old.has(index));
  if (gone.length + added.length > 1) throw new AwsError('ValidationException', 'Cannot perform more than one GSI creation or deletion in a single update');
  for (const IndexName of gone) await change(context, name, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  const throughput = throughputChanges(table, after);
  if (Object.keys(throughput).length > 0) await change(context, name, throughput);
  for (const [, definition] of added) await change(context, name, { ...pick(after, ['AttributeDefinitions']), GlobalSecondaryIndexUpdates: [{ Create: definition }] });
  await updateTags(context, name, before, after);
}

function verifyIndexes(table: JsonObject, after: JsonObject): void {
  if (!isDeepStrictEqual(shapes(table, 'LocalSecondaryIndexes'), shapes(after, 'LocalSecondaryIndexes'))) {
    throw new AwsError('ValidationException', 'Local secondary indexes can only be created with their table, and not be changed.');
  }
  const [old, wanted] = [shapes(table, 'GlobalSecondaryIndexes'), shapes(after, 'GlobalSecondaryIndexes')];
  if ([...old.keys()].some((index) => wanted.has(index) && !isDeepStrictEqual(old.get(index), wanted.get(index)))) {
    throw new AwsError('ValidationException', "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.");
  }
}

/** Of the table and of the indexes that stay: how a table is paid concerns them all at once. */
function throughputChanges(table: JsonObject, after: JsonObject): JsonObject {
  const mode = ((table['BillingModeSummary'] ?? {}) as JsonObject)['BillingMode'] ?? 'PROVISIONED';
  const wanted = after['BillingMode'] ?? 'PROVISIONED';
  if (wanted === 'PAY_PER_REQUEST') return mode === wanted ? {} : { BillingMode: wanted };
  const next = indexes(after);
  const updates = [...indexes(table)].flatMap(([IndexName, index]) => {
    const ProvisionedThroughput = next.get(IndexName)?.['ProvisionedThroughput'];
    return ProvisionedThroughput === undefined || units(index) === units(next.get(IndexName) ?? {}) ? [] : [{ Update: { IndexName, ProvisionedThroughput } }];
  });
  return {
    ...(mode === wanted ? {} : { BillingMode: wanted }),
    ...(units(table) === units(after) ? {} : pick(after, ['ProvisionedThroughput'])),
    ...(updates.length === 0 ? {} : { GlobalSecondaryIndexUpdates: updates }),
  };
}

function units(properties: JsonObject): string {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = (properties['ProvisionedThroughput'] ?? {}) as JsonObject;
  return `${Number(ReadCapacityUnits)} ${Number(WriteCapacityUnits)}`;
}

async function updateTags(context: ResourceContext, name: string, before: JsonObject, after: JsonObject): Promise<void> {
  if (same(before, after, 'Tags')) return;
  const [old, next] = [tags(before), tags(after)];
  const gone = old.map(({ Key }) => Key ?? null).filter((key) => !next.some(({ Key }) => Key === key));
  const ResourceArn = tableArn(context.local, context.region, name);
  if (gone.length > 0) await callTable(context.local, context.region, 'UntagResource', { ResourceArn, TagKeys: gone });
  if (next.length > 0) await callTable(context.local, context.region, 'TagResource', { ResourceArn, Tags: next });
}

async function change({ local, region }: ResourceContext, name: string, changes: JsonObject): Promise<void> {
  await callTable(local, region, 'UpdateTable', { ...changes, TableName: name });
  await settledTable(local, region, name);
}

/** Those of the properties that are given, their numbers as numbers. */
export function pick(properties: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (properties[name] === undefined ? [] : [[name, numbers(properties[name])]])));
}

/** A template may write a capacity as text; DynamoDB takes numbers only. */
function numbers(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name.endsWith('CapacityUnits') ? Number(each) : numbers(each)]));
}

function indexes(properties: JsonObject): Map<string, JsonObject> {
  const list = (numbers(properties['GlobalSecondaryIndexes'] ?? []) ?? []) as JsonObject[];
  return new Map(list.map((index) => [requiredText(index, 'IndexName'), index]));
}

/** What of an index cannot change, by name; of a table's description or of properties. */
function shapes(table: JsonObject, kind: 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'): Map<string, Json> {
  const list = (table[kind] ?? []) as JsonObject[];
  return new Map(list.map((index) => [requiredText(index, 'IndexName'), { KeySchema: index['KeySchema'] ?? null, Projection: index['Projection'] ?? null }]));
}

function tags(properties: JsonObject): JsonObject[] {
  return (properties['Tags'] ?? []) as JsonObject[];
}

function same(before: JsonObject, after: JsonObject, name: string): boolean {
  return JSON.stringify(before[name]) === JSON.stringify(after[name]);
}
