import {
  BatchWriteItemCommand, CreateTableCommand, DeleteItemCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, UpdateItemCommand, UpdateTableCommand,
  waitUntilTableExists, type AttributeValue, type CreateTableCommandInput, type QueryCommandInput, type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { openProof } from '../proof';
import { codesIn, told } from './told';

const proof = openProof();
const dynamodb = proof.watch(new DynamoDBClient(proof.init));
beforeAll(async () => {
  await create();
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.05 }, { TableName });
});

const TableName = 'Music';
const Key = { Artist: { S: 'Acme Band' }, SongTitle: { S: 'Happy Day' } };
const create = (more: Partial<CreateTableCommandInput> = {}) => dynamodb.send(new CreateTableCommand({
  TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'Artist', AttributeType: 'S' }, { AttributeName: 'SongTitle', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'Artist', KeyType: 'HASH' }, { AttributeName: 'SongTitle', KeyType: 'RANGE' }], ...more,
}));
const put = (Item: Record<string, AttributeValue>, more: object = {}) => dynamodb.send(new PutItemCommand({ TableName, Item, ...more }));
const update = (more: Partial<UpdateItemCommandInput>) => dynamodb.send(new UpdateItemCommand({ TableName, Key, ...more }));
const query = (more: Partial<QueryCommandInput>) => dynamodb.send(new QueryCommand({ TableName, ...more }));
const values = { ':v': { S: 'x' } };

// The texts of DynamoDB, as dynalite's tests hold them against the service: https://github.com/architect/dynalite/tree/main/test. Where an expression's syntax fails, dynalite's words are its own parser's.
const table: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  ['ConditionalCheckFailedException', 'The conditional request failed', () => put(Key, { ConditionExpression: 'attribute_exists(Artist)' })],
  ['ResourceInUseException', 'Table already exists: Music', create],
  ['ResourceNotFoundException', 'Requested resource not found: Table: none not found', () => dynamodb.send(new DescribeTableCommand({ TableName: 'none' }))],
  ['ResourceNotFoundException', 'Requested resource not found', () => dynamodb.send(new GetItemCommand({ TableName: 'none', Key }))],
  ['ValidationException', 'One or more parameter values were invalid: Missing the key SongTitle in the item', () => put({ Artist: { S: 'x' } })],
  ['ValidationException', 'One or more parameter values were invalid: Type mismatch for key Artist expected: S actual: N', () => put({ ...Key, Artist: { N: '1' } })],
  ['ValidationException', 'The provided key element does not match the schema', () => dynamodb.send(new GetItemCommand({ TableName, Key: { Artist: { S: 'x' } } }))],
  ['ValidationException', 'The provided key element does not match the schema', () => dynamodb.send(new DeleteItemCommand({ TableName, Key: { ...Key, More: { S: 'x' } } }))],
  ['ValidationException', 'The parameter cannot be converted to a numeric value: x', () => put({ ...Key, Year: { N: 'x' } })],
  ['ValidationException', 'ExpressionAttributeValues must not be empty', () => update({ UpdateExpression: 'REMOVE a', ExpressionAttributeValues: {} })],
  ['ValidationException', 'ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null', () => update({ ExpressionAttributeValues: values })],
  ['ValidationException', expect.stringMatching(/^Invalid UpdateExpression: Syntax error; /) as string, () => update({ UpdateExpression: 'WRONG a' })],
  ['ValidationException', 'Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :w', () => update({ UpdateExpression: 'SET a = :w', ExpressionAttributeValues: values })],
  ['ValidationException', 'Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: Year', () => update({ UpdateExpression: 'SET Year = :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}', () => update({ UpdateExpression: 'SET a = :v', ExpressionAttributeValues: { ...values, ':w': { S: 'y' } } })],
  ['ValidationException', 'Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}', () => update({ UpdateExpression: 'SET a = :v', ExpressionAttributeValues: values, ExpressionAttributeNames: { '#n': 'b' } })],
  ['ValidationException', 'One or more parameter values were invalid: Cannot update attribute Artist. This attribute is part of the key', () => update({ UpdateExpression: 'SET Artist = :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]',
    () => update({ UpdateExpression: 'SET a = :v, a = :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'Invalid ConditionExpression: Invalid function name; function: none', () => put(Key, { ConditionExpression: 'none(a)' })],
  ['ValidationException', 'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.', () => query({})],
  ['ValidationException', 'Query condition missed key schema element: Artist', () => query({ KeyConditionExpression: 'SongTitle = :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'Query key condition not supported', () => query({ KeyConditionExpression: 'Artist > :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'The table does not have the specified index: none', () => query({ IndexName: 'none', KeyConditionExpression: 'Artist = :v', ExpressionAttributeValues: values })],
  ['ValidationException', 'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {KeyConditions} Expression parameters: {KeyConditionExpression}',
    () => query({ KeyConditionExpression: 'Artist = :v', ExpressionAttributeValues: values, KeyConditions: {} })],
  ['ValidationException', 'The Segment parameter is required but was not present in the request when parameter TotalSegments is present', () => dynamodb.send(new ScanCommand({ TableName, TotalSegments: 2 }))],
  ['ValidationException', 'TableName must be at least 3 characters long and at most 255 characters long', () => create({ TableName: 'a' })],
  ['ValidationException', 'Provided list of item keys contains duplicates', () => dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key } }] } }))],
  ['ValidationException', 'One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    () => create({ TableName: 'more', ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } })],
  ['ValidationException', 'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required',
    () => dynamodb.send(new UpdateTableCommand({ TableName }))],
];

test.each(table)('%s: %s', async (name, message, send) => {
  expect(await told(send())).toEqual({ name, status: 400, message });
});

test('a body that is no JSON', async () => {
  expect(await proof.json('dynamodb', 'DynamoDB_20120810.GetItem', '{')).toMatchObject({ status: 400, body: { __type: 'com.amazonaws#SerializationException' } });
});

test('no other error is in the code', () => {
  // LimitExceededException: too many indexes at once, as events of a stack tell it. InternalServerError: a disk that fails.
  const others = ['SerializationException', 'LimitExceededException', 'InternalServerError'];
  expect([...new Set([...table.map(([name]) => name), ...others])]).toEqual(expect.arrayContaining([...codesIn('dynamodb')]));
});
