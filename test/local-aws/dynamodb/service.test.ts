import { AwsError } from '../../../scripts/local-aws/aws-error';
import { settledTable } from '../../../scripts/local-aws/dynamodb/databases';
import { dynamoDbResourceTypes } from '../../../scripts/local-aws/dynamodb/resource-types';
import { dynamoDbService } from '../../../scripts/local-aws/dynamodb/service';
import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import type { LocalRequest } from '../../../scripts/local-aws/service';
import { folderAws } from '../lambda/folder-aws';

const local = folderAws();
let service = dynamoDbService(local);
const [tableType] = dynamoDbResourceTypes;
if (tableType === undefined) throw new Error('no type');
const properties: JsonObject = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};
const context = (region: string): ResourceContext => ({ local, region, stackName: 'Stack', stackId: 'x', logicalId: 'Table' });

afterAll(async () => {
  await service.close?.();
  await local.close();
});

const asked: string[] = [];
async function call(region: string, action: string, input: JsonObject, allowed = true): Promise<unknown> {
  const request: LocalRequest = {
    method: 'POST', url: new URL('http://127.0.0.1/'), headers: { 'x-amz-target': `DynamoDB_20120810.${action}` }, body: Buffer.from(JSON.stringify(input)), region,
    caller: { account: local.account, arn: 'a', userId: 'u', accessKeyId: 'k' },
    authorize(name, resource) {
      asked.push(`${name} ${resource}`);
      if (!allowed) throw new AwsError('AccessDeniedException', 'no');
    },
  };
  const { body } = await service.handle(request);
  return JSON.parse(body.toString());
}

test('tables of two regions are apart, and outlive the process that made them', async () => {
  for (const region of ['us-west-2', 'eu-west-1']) {
    const made = await tableType.create(context(region), { ...properties, TableName: 'notes', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(made).toEqual({ physicalId: 'notes', attributes: { Arn: `arn:aws:dynamodb:${region}:${local.account}:table/notes` } });
  }
  await call('us-west-2', 'PutItem', { TableName: 'notes', Item: { id: { S: '1' } } });
  expect(asked.at(-1)).toBe(`dynamodb:PutItem arn:aws:dynamodb:us-west-2:${local.account}:table/notes`);
  expect(await call('eu-west-1', 'GetItem', { TableName: 'notes', Key: { id: { S: '1' } } })).toEqual({});
  await service.close?.();
  service = dynamoDbService(local);
  expect(await call('us-west-2', 'GetItem', { TableName: 'notes', Key: { id: { S: '1' } } })).toEqual({ Item: { id: { S: '1' } } });
});

test('what the caller may not do does not happen', async () => {
  const { physicalId } = await tableType.create(context('us-west-2'), properties);
  await expect(call('us-west-2', 'PutItem', { TableName: physicalId, Item: { id: { S: '1' } } }, false)).rejects.toMatchObject({ code: 'AccessDeniedException' });
  expect(await call('us-west-2', 'Scan', { TableName: physicalId })).toMatchObject({ Count: 0 });
});

test('a deleted table is gone, and deleting it again succeeds', async () => {
  const made = await tableType.create(context('us-west-2'), properties);
  await tableType.delete(context('us-west-2'), made, properties);
  await tableType.delete(context('us-west-2'), made, properties);
  await expect(call('us-west-2', 'DescribeTable', { TableName: made.physicalId })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: `Requested resource not found: Table: ${made.physicalId} not found` });
});

test.each<[string, JsonObject]>([
  ['TransactWriteItems', {}],
  ['DescribeContinuousBackups', { TableName: 'notes' }],
  ['PutItem', { TableName: 'notes', Item: { id: { S: '1' } }, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }],
  ['CreateTable', { ...properties, TableName: 'other', StreamSpecification: { StreamEnabled: true } }],
])('what dynalite lacks, or would pass over, is refused: %s', async (action, input) => {
  await expect(call('us-west-2', action, input)).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});

test.each<[string, JsonObject, string, string]>([
  ['PutItem', { TableName: 'none', Item: { id: { S: '1' } } }, 'ResourceNotFoundException', 'Requested resource not found'],
  ['PutItem', { TableName: 'notes', Item: { other: { S: '1' } } }, 'ValidationException', 'One or more parameter values were invalid: Missing the key id in the item'],
  ['PutItem', { TableName: 'notes', Item: { id: { S: '1' } }, ConditionExpression: 'attribute_not_exists(id)' }, 'ConditionalCheckFailedException', 'The conditional request failed'],
  ['PutItem', { TableName: 'notes', Item: { id: 7 } }, 'SerializationException', 'Unexpected value type in payload'],
])('errors are those of DynamoDB: %s', async (action, input, code, message) => {
  await call('us-west-2', 'CreateTable', { ...properties, TableName: 'notes' }).catch(() => {});
  await settledTable(local, 'us-west-2', 'notes');
  await call('us-west-2', 'PutItem', { TableName: 'notes', Item: { id: { S: '1' } } });
  await expect(call('us-west-2', action, input)).rejects.toMatchObject({ code, message });
});
