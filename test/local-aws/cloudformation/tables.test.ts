import { CreateStackCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { closeDatabases, settledTable } from '../../../scripts/local-aws/dynamodb/databases';
import { dynamoDbResourceTypes } from '../../../scripts/local-aws/dynamodb/resource-types';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { openCloud, settled, type OpenCloud } from './cloud';

let cloud: OpenCloud;
beforeEach(async () => { cloud = await openCloud(dynamoDbResourceTypes); });
afterEach(async () => {
  await cloud.service.close?.();
  await closeDatabases(cloud.local);
  await cloud.close();
});

const index = (IndexName: string, key: string) => ({ IndexName, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: key, KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' } });

const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });

function template(changes: object): string {
  const Properties = {
    TableName: 'things', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: ['id', 'at', 'by'].map(attribute),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }],
    LocalSecondaryIndexes: [index('local', 'by')], GlobalSecondaryIndexes: [index('global', 'by')], ...changes,
  };
  return JSON.stringify({ Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties } } });
}

async function indexes(): Promise<string[]> {
  const table = await settledTable(cloud.local, 'us-west-2', 'things');
  return [...((table?.['LocalSecondaryIndexes'] ?? []) as JsonObject[]), ...((table?.['GlobalSecondaryIndexes'] ?? []) as JsonObject[])].map(({ IndexName }) => IndexName as string);
}

it.each([
  ['a local index is changed', { LocalSecondaryIndexes: [index('other', 'by')] }],
  ['a global index is changed in place', { GlobalSecondaryIndexes: [index('global', 'at')] }],
  ['a later step of the update fails', { GlobalSecondaryIndexes: [index('added', 'by')], Tags: [{ Key: '', Value: 'x' }] }],
])('puts the table back where %s', async (_title, changes) => {
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template({}) }));
  expect((await settled(cloud, 'app')).StackStatus).toBe('CREATE_COMPLETE');
  await cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: template(changes) }));
  expect((await settled(cloud, 'app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await indexes()).toEqual(['local', 'global']);
});
