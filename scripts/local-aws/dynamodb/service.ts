import { crc32 } from 'node:zlib';
import { unsupported } from '../aws-error';
import { readJsonRequest } from '../json-request';
import type { JsonObject } from '../resource';
import type { LocalAws, LocalRequest, Service } from '../service';
import { callTable, closeDatabases } from './databases';
import { tableArn } from './tables';

/** Those that dynalite has. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html */
export const actions: ReadonlySet<string> = new Set([
  'BatchGetItem', 'BatchWriteItem', 'CreateTable', 'DeleteItem', 'DeleteTable', 'DescribeTable', 'DescribeTimeToLive', 'GetItem', 'ListTables',
  'ListTagsOfResource', 'PutItem', 'Query', 'Scan', 'TagResource', 'UntagResource', 'UpdateItem', 'UpdateTable',
]);

/** DynamoDB: dynalite behind the caller's permissions. */
export function dynamoDbService(local: LocalAws): Service {
  return {
    signingName: 'dynamodb',
    protocol: 'json-1.0',
    async handle(request) {
      const { action, input } = readJsonRequest(request);
      if (!actions.has(action)) throw unsupported(`dynamodb:${action}`);
      for (const resource of resources(local, request, action, input)) request.authorize(`dynamodb:${action}`, resource);
      const body = JSON.stringify(await callTable(local, request.region, action, input));
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) }, body };
    },
    close: () => closeDatabases(local),
  };
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
function resources(local: LocalAws, { region }: LocalRequest, action: string, input: JsonObject): readonly string[] {
  const arnOf = (name: string): string => tableArn(local, region, name);
  if (action === 'ListTables') return ['*'];
  if (typeof input['ResourceArn'] === 'string') return [input['ResourceArn']];
  if (action.startsWith('Batch')) return Object.keys((input['RequestItems'] ?? {}) as JsonObject).map(arnOf);
  const table = typeof input['TableName'] === 'string' ? input['TableName'] : '';
  return [arnOf(typeof input['IndexName'] === 'string' ? `${table}/index/${input['IndexName']}` : table)];
}
