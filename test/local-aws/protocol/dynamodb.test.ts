import {
  BatchGetItemCommand, BatchWriteItemCommand, ConditionalCheckFailedException, CreateTableCommand, DeleteItemCommand, DeleteTableCommand, DescribeTableCommand, DescribeTimeToLiveCommand,
  DynamoDBClient, GetItemCommand, ListTablesCommand, ListTagsOfResourceCommand, PutItemCommand, QueryCommand, ResourceInUseException, ResourceNotFoundException, ScanCommand, TagResourceCommand,
  TransactWriteItemsCommand, UntagResourceCommand, UpdateItemCommand, UpdateTableCommand, waitUntilTableExists, waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { actions } from '../../../scripts/local-aws/dynamodb/service';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const dynamodb = proof.watch(new DynamoDBClient(proof.init));

const TableName = 'Music';
const Key = { Artist: { S: 'Acme Band' }, SongTitle: { S: 'Happy Day' } };
const song = (artist: string, title: string, album: string) => ({ Artist: { S: artist }, SongTitle: { S: title }, AlbumTitle: { S: album } });
const songs = [song('No One You Know', 'Call Me Today', 'Somewhat Famous'), song('Acme Band', 'Happy Day', 'Songs About Life'), song('No One You Know', 'Scared of My Shadow', 'Blue Sky Blues')];
const ready = () => waitUntilTableExists({ client: dynamodb, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.05 }, { TableName });

// The table and the songs of the API reference's examples, as AWS publishes them with botocore: botocore/data/dynamodb/2012-08-10/examples-1.json
test('every action', async () => {
  const AttributeDefinitions = ['Artist', 'SongTitle'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const }));
  const KeySchema = [{ AttributeName: 'Artist', KeyType: 'HASH' as const }, { AttributeName: 'SongTitle', KeyType: 'RANGE' as const }];
  const { TableDescription } = await dynamodb.send(new CreateTableCommand({ TableName, AttributeDefinitions, KeySchema, ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } }));
  const described = { TableName, AttributeDefinitions, KeySchema, ItemCount: 0, TableSizeBytes: 0, CreationDateTime: date, ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 } };
  expect(TableDescription).toMatchObject({ ...described, TableStatus: 'CREATING' });
  await ready();
  expect((await dynamodb.send(new DescribeTableCommand({ TableName }))).Table).toMatchObject({ ...described, TableStatus: 'ACTIVE' });
  expect(await dynamodb.send(new ListTablesCommand({}))).toMatchObject({ TableNames: [TableName] });
  expect(await dynamodb.send(new PutItemCommand({ TableName, Item: songs[0], ReturnConsumedCapacity: 'TOTAL' }))).toMatchObject({ ConsumedCapacity: { CapacityUnits: 1, TableName } });
  expect(await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: songs.map((Item) => ({ PutRequest: { Item } })) } }))).toMatchObject({ UnprocessedItems: {} });
  expect((await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(songs[1]);
  const Keys = songs.map(({ Artist, SongTitle }) => ({ Artist, SongTitle }));
  const { Responses } = await dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ProjectionExpression: 'AlbumTitle' } } }));
  expect(Responses?.[TableName]).toEqual(expect.arrayContaining(songs.map(({ AlbumTitle }) => ({ AlbumTitle }))));
  expect(await dynamodb.send(new QueryCommand({ TableName, KeyConditionExpression: 'Artist = :v1', ExpressionAttributeValues: { ':v1': { S: 'No One You Know' } }, ProjectionExpression: 'SongTitle' })))
    .toMatchObject({ Count: 2, ScannedCount: 2, Items: [{ SongTitle: { S: 'Call Me Today' } }, { SongTitle: { S: 'Scared of My Shadow' } }] });
  const scan = { FilterExpression: 'Artist = :a', ExpressionAttributeValues: { ':a': { S: 'No One You Know' } }, ExpressionAttributeNames: { '#AT': 'AlbumTitle', '#ST': 'SongTitle' }, ProjectionExpression: '#ST, #AT' };
  expect(await dynamodb.send(new ScanCommand({ TableName, ...scan }))).toMatchObject({ Count: 2, ScannedCount: 3 });
  const update = { UpdateExpression: 'SET #Y = :y, #AT = :t', ExpressionAttributeNames: { '#Y': 'Year', '#AT': 'AlbumTitle' }, ExpressionAttributeValues: { ':y': { N: '2015' }, ':t': { S: 'Louder Than Ever' } } };
  expect((await dynamodb.send(new UpdateItemCommand({ TableName, Key, ReturnValues: 'ALL_NEW', ...update }))).Attributes).toEqual({ ...Key, AlbumTitle: { S: 'Louder Than Ever' }, Year: { N: '2015' } });
  expect((await dynamodb.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }))).Attributes).toMatchObject(Key);
  expect(await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }))).toMatchObject({ TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } });
  const ResourceArn = TableDescription?.TableArn;
  await dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'Owner', Value: 'blueTeam' }, { Key: 'a', Value: 'b' }] }));
  await dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }));
  expect((await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn }))).Tags).toEqual([{ Key: 'Owner', Value: 'blueTeam' }]);
  expect(await dynamodb.send(new UpdateTableCommand({ TableName, ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 10 } }))).toMatchObject({ TableDescription: { TableName, TableStatus: 'UPDATING' } });
  await ready();
  expect(await dynamodb.send(new DeleteTableCommand({ TableName }))).toMatchObject({ TableDescription: { TableName, TableStatus: 'DELETING' } });
  await waitUntilTableNotExists({ client: dynamodb, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.05 }, { TableName });
  expect([...proof.answered].toSorted()).toEqual([...actions].toSorted());
});

test('errors', async () => {
  const table = { TableName: 'taken', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }], BillingMode: 'PAY_PER_REQUEST' as const };
  await dynamodb.send(new CreateTableCommand(table));
  await expect(dynamodb.send(new CreateTableCommand(table))).rejects.toBeInstanceOf(ResourceInUseException);
  await expect(dynamodb.send(new DescribeTableCommand({ TableName: 'none' }))).rejects.toBeInstanceOf(ResourceNotFoundException);
  expect(await refusal(dynamodb.send(new DescribeTableCommand({ TableName: 'none' })))).toEqual(['ResourceNotFoundException', 400]);
  expect(await refusal(dynamodb.send(new CreateTableCommand({ ...table, TableName: 'a' })))).toEqual(['ValidationException', 400]);
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.05 }, { TableName: 'taken' });
  await expect(dynamodb.send(new PutItemCommand({ TableName: 'taken', Item: { id: { S: 'a' } }, ConditionExpression: 'attribute_exists(id)' }))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  expect(await refusal(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })))).toEqual(['UnsupportedOperation', 501]);
});
