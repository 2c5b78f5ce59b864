import { callTable, closeDatabases, settledTable } from '../../../scripts/local-aws/dynamodb/databases';
import { tableType } from '../../../scripts/local-aws/dynamodb/table-type';
import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import { folderAws, type FolderAws } from '../lambda/folder-aws';

const region = 'us-west-2';
let local: FolderAws;
let context: ResourceContext;
beforeEach(() => {
  local = folderAws();
  context = { local, region, stackName: 'Stack', stackId: 'x', logicalId: 'Table' };
});
afterEach(async () => {
  await closeDatabases(local);
  await local.close();
});

const attribute = (AttributeName: string, AttributeType = 'S'): JsonObject => ({ AttributeName, AttributeType });
const base: JsonObject = {
  TableName: 'notes', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [attribute('id'), attribute('at', 'N'), attribute('by')],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};
const plain: JsonObject = { ...base, AttributeDefinitions: [attribute('id')] };
const index = (IndexName: string, key: string, ProjectionType = 'ALL', more: JsonObject = {}): JsonObject => ({ IndexName, KeySchema: [{ AttributeName: key, KeyType: 'HASH' }], Projection: { ProjectionType }, ...more });
const provisioned = (read: number | string, write: number | string): JsonObject => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });

async function change(before: JsonObject, after: JsonObject): Promise<JsonObject> {
  await tableType.update(context, { physicalId: 'notes', attributes: {} }, before, after);
  return (await settledTable(local, region, 'notes')) ?? {};
}

const call = (action: string, input: JsonObject): Promise<JsonObject> => callTable(local, region, action, { TableName: 'notes', ...input });
const put = (Item: JsonObject): Promise<JsonObject> => call('PutItem', { Item });
async function ids(IndexName: string, key: string, value: JsonObject): Promise<unknown[]> {
  const { Items } = await call('Query', { IndexName, KeyConditionExpression: '#k = :v', ExpressionAttributeNames: { '#k': key }, ExpressionAttributeValues: { ':v': value } });
  return (Items as { id: { S: string } }[]).map(({ id }) => id.S).toSorted();
}

test('an index that is added later has the items of before and of after, and those alone that have its key', async () => {
  await tableType.create(context, plain);
  await put({ id: { S: '1' }, by: { S: 'me' }, text: { S: 'x' } });
  await put({ id: { S: '2' } });
  await put({ id: { S: '3' }, by: { N: '3' } });
  const after = { ...base, AttributeDefinitions: [attribute('id'), attribute('by')], GlobalSecondaryIndexes: [index('people', 'by', 'KEYS_ONLY')] };
  const table = await change(plain, after);
  expect(table['GlobalSecondaryIndexes']).toMatchObject([{ IndexName: 'people', IndexStatus: 'ACTIVE', IndexArn: `arn:aws:dynamodb:${region}:${local.account}:table/notes/index/people` }]);
  expect(table['AttributeDefinitions']).toEqual(after.AttributeDefinitions);
  await put({ id: { S: '4' }, by: { S: 'me' } });
  expect(await ids('people', 'by', { S: 'me' })).toEqual(['1', '4']);
  expect(await call('Scan', { IndexName: 'people' })).toMatchObject({ Count: 2, Items: expect.arrayContaining([{ id: { S: '1' }, by: { S: 'me' } }]) as unknown });
  await call('DeleteItem', { Key: { id: { S: '1' } } });
  expect(await ids('people', 'by', { S: 'me' })).toEqual(['4']);
});

test('an index that is taken away is gone, and one of its name begins anew', async () => {
  const with_ = { ...base, AttributeDefinitions: [attribute('id'), attribute('by')], GlobalSecondaryIndexes: [index('people', 'by')] };
  await tableType.create(context, with_);
  await put({ id: { S: '1' }, by: { S: 'me' } });
  const table = await change(with_, plain);
  expect(table).not.toHaveProperty('GlobalSecondaryIndexes');
  expect(table['AttributeDefinitions']).toEqual([attribute('id')]);
  await expect(ids('people', 'by', { S: 'me' })).rejects.toMatchObject({ code: 'ValidationException', message: 'The table does not have the specified index: people' });
  await call('DeleteItem', { Key: { id: { S: '1' } } });
  await change(plain, with_);
  expect(await ids('people', 'by', { S: 'me' })).toEqual([]);
});

test.each<[string, JsonObject, string]>([
  ['two indexes at once', { GlobalSecondaryIndexes: [index('one', 'by'), index('two', 'at'), index('three', 'at')] }, 'Cannot perform more than one GSI creation or deletion in a single update'],
  ['one for another', { GlobalSecondaryIndexes: [index('two', 'at')] }, 'Cannot perform more than one GSI creation or deletion in a single update'],
  ['other keys', { GlobalSecondaryIndexes: [index('one', 'at')] }, "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name."],
  ['another projection', { GlobalSecondaryIndexes: [index('one', 'by', 'KEYS_ONLY')] }, "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name."],
  ['a key without its definition', { GlobalSecondaryIndexes: [index('one', 'by'), index('two', 'none')] }, 'One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [none], AttributeDefinitions: [id, at, by]'],
])('%s is refused, and the table stays', async (_, changes, message) => {
  const before = { ...base, AttributeDefinitions: [attribute('id'), attribute('by')], GlobalSecondaryIndexes: [index('one', 'by')] };
  await tableType.create(context, before);
  const table = await settledTable(local, region, 'notes');
  await expect(change(before, { ...base, ...changes })).rejects.toMatchObject({ code: 'ValidationException', message });
  expect(await settledTable(local, region, 'notes')).toEqual(table);
});

test('how it is paid, for the table and its index together, and its numbers, given as text too', async () => {
  const definitions = { AttributeDefinitions: [attribute('id'), attribute('by')] };
  const free = { ...base, ...definitions, GlobalSecondaryIndexes: [index('one', 'by')] };
  const paid = { ...base, ...definitions, BillingMode: 'PROVISIONED', ProvisionedThroughput: provisioned('5', '6'), GlobalSecondaryIndexes: [index('one', 'by', 'ALL', { ProvisionedThroughput: provisioned(3, 4) })] };
  await tableType.create(context, free);
  expect(await change(free, paid)).toMatchObject({ BillingModeSummary: { BillingMode: 'PROVISIONED' }, ProvisionedThroughput: provisioned(5, 6), GlobalSecondaryIndexes: [{ ProvisionedThroughput: provisioned(3, 4) }] });
  const more = { ...paid, ProvisionedThroughput: provisioned(7, 6) };
  expect(await change(paid, more)).toMatchObject({ ProvisionedThroughput: provisioned(7, 6), GlobalSecondaryIndexes: [{ ProvisionedThroughput: provisioned(3, 4) }] });
  const indexOnly = { ...more, GlobalSecondaryIndexes: [index('one', 'by', 'ALL', { ProvisionedThroughput: provisioned(3, '9') })] };
  expect(await change(more, indexOnly)).toMatchObject({ ProvisionedThroughput: provisioned(7, 6), GlobalSecondaryIndexes: [{ ProvisionedThroughput: provisioned(3, 9) }] });
  expect(await change(indexOnly, free)).toMatchObject({ BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' }, ProvisionedThroughput: provisioned(0, 0), GlobalSecondaryIndexes: [{ ProvisionedThroughput: provisioned(0, 0) }] });
  expect(await change(free, free)).toMatchObject({ TableStatus: 'ACTIVE' });
});

test('tags are added, changed and taken away', async () => {
  const tagged = (tags: Record<string, string>): JsonObject => ({ ...plain, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
  const made = await tableType.create(context, tagged({ a: '1', b: '2' }));
  await change(tagged({ a: '1', b: '2' }), tagged({ b: '3', c: '4' }));
  const list = async (): Promise<unknown> => (await callTable(local, region, 'ListTagsOfResource', { ResourceArn: made.attributes['Arn'] ?? '' }))['Tags'];
  expect(await list()).toEqual(expect.arrayContaining([{ Key: 'b', Value: '3' }, { Key: 'c', Value: '4' }]));
  expect(await list()).toHaveLength(2);
  await change(tagged({ b: '3', c: '4' }), plain);
  expect(await list()).toEqual([]);
});

test('DynamoDB itself makes one index a call', async () => {
  await tableType.create(context, plain);
  const updates = ['one', 'two'].map((name) => ({ Create: index(name, 'by') }));
  await expect(call('UpdateTable', { AttributeDefinitions: [attribute('id'), attribute('by')], GlobalSecondaryIndexUpdates: updates })).rejects.toMatchObject({ code: 'LimitExceededException' });
  await expect(call('UpdateTable', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'none' } }] })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
