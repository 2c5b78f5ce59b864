import { isDeepStrictEqual } from 'node:util';
import { AwsError, unsupported } from '../aws-error';
import { physicalName } from '../iam/physical-name';
import { requiredText } from '../iam/properties';
import type { Json, JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { callTable, settledTable } from './databases';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
const tableType: ResourceType = {
  name: 'AWS::DynamoDB::Table',
  properties: {
    AttributeDefinitions: 'update',
    BillingMode: 'update',
    GlobalSecondaryIndexes: 'update',
    KeySchema: 'replace',
    // They can only be made with their table: a change is refused, and replaces nothing.
    LocalSecondaryIndexes: 'update',
    PointInTimeRecoverySpecification: 'recorded',
    ProvisionedThroughput: 'update',
    SSESpecification: 'recorded',
    TableClass: 'recorded',
    TableName: 'replace',
    Tags: 'update',
  },
  async create(context, properties) {
    const name = typeof properties['TableName'] === 'string' ? properties['TableName'] : physicalName(context, 255);
    const input = pick(properties, ['AttributeDefinitions', 'BillingMode', 'KeySchema', 'LocalSecondaryIndexes', 'GlobalSecondaryIndexes', 'ProvisionedThroughput']);
    if ((await settledTable(context.local, context.region, name)) !== null) throw new AwsError('ResourceInUseException', `Table already exists: ${name}`);
    await context.intend?.(name);
    await callTable(context.local, context.region, 'CreateTable', { ...input, TableName: name });
    await settledTable(context.local, context.region, name);
    const tags = properties['Tags'];
    if (Array.isArray(tags) && tags.length > 0) await callTable(context.local, context.region, 'TagResource', { ResourceArn: arnOf(context, name), Tags: tags });
    return stateOf(context, name);
  },
  async update(context, { physicalId }, before, after) {
    await updateThroughput(context, physicalId, before, after);
    await updateIndexes(context, physicalId, after);
    await updateTags(context, physicalId, before, after);
    return stateOf(context, physicalId);
  },
  async delete({ local, region }, { physicalId }) {
    if ((await settledTable(local, region, physicalId)) === null) return;
    await callTable(local, region, 'DeleteTable', { TableName: physicalId });
    await settledTable(local, region, physicalId);
  },
};

export const dynamoDbResourceTypes: readonly ResourceType[] = [tableType];

async function updateThroughput(context: ResourceContext, name: string, before: JsonObject, after: JsonObject): Promise<void> {
  if (same(before, after, 'BillingMode') && same(before, after, 'ProvisionedThroughput')) return;
  await updateTable(context, name, pick(after, ['BillingMode', 'ProvisionedThroughput']));
}

/**
 * DynamoDB makes or deletes one index a call, and so does CloudFormation. What there is says the table itself: after
 * an update that failed half-way no properties do.
 */
async function updateIndexes(context: ResourceContext, name: string, after: JsonObject): Promise<void> {
  const table = (await settledTable(context.local, context.region, name)) ?? {};
  if (!isDeepStrictEqual(shapes(table, 'LocalSecondaryIndexes'), shapes(after, 'LocalSecondaryIndexes'))) {
    throw new AwsError('ValidationException', 'Local secondary indexes can only be created with their table, and not be changed.');
  }
  const [old, wanted] = [shapes(table, 'GlobalSecondaryIndexes'), shapes(after, 'GlobalSecondaryIndexes')];
  const next = indexes(after);
  const changed = [...old.keys()].find((index) => wanted.has(index) && !isDeepStrictEqual(old.get(index), wanted.get(index)));
  if (changed !== undefined) throw unsupported(`the change of the index ${changed} in place`);
  for (const index of old.keys()) {
    if (!next.has(index)) await updateTable(context, name, { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index } }] });
  }
  for (const [index, definition] of next) {
    if (old.has(index)) continue;
    await updateTable(context, name, { ...pick(after, ['AttributeDefinitions']), GlobalSecondaryIndexUpdates: [{ Create: definition }] });
  }
}

async function updateTags(context: ResourceContext, name: string, before: JsonObject, after: JsonObject): Promise<void> {
  if (same(before, after, 'Tags')) return;
  const [old, next] = [tags(before), tags(after)];
  const gone = old.map(({ Key }) => Key ?? null).filter((key) => !next.some(({ Key }) => Key === key));
  const ResourceArn = arnOf(context, name);
  if (gone.length > 0) await callTable(context.local, context.region, 'UntagResource', { ResourceArn, TagKeys: gone });
  if (next.length > 0) await callTable(context.local, context.region, 'TagResource', { ResourceArn, Tags: next });
}

async function updateTable({ local, region }: ResourceContext, name: string, change: JsonObject): Promise<void> {
  await callTable(local, region, 'UpdateTable', { ...change, TableName: name });
  await settledTable(local, region, name);
}

async function stateOf(context: ResourceContext, name: string): Promise<ResourceState> {
  const table = await settledTable(context.local, context.region, name);
  if (table === null) throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
  return { physicalId: name, attributes: { Arn: table['TableArn'] ?? arnOf(context, name) } };
}

function arnOf({ local, region }: ResourceContext, name: string): string {
  return `arn:aws:dynamodb:${region}:${local.account}:table/${name}`;
}

function pick(properties: JsonObject, names: readonly string[]): JsonObject {
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
