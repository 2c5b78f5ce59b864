import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** It has no types of its own. */
const dynalite = jest.requireActual<(options: { readonly createTableMs: number }) => Server>('dynalite');

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

export interface ServedTable {
  readonly name: string;
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  close(): Promise<void>;
}

/** DynamoDB on 127.0.0.1, with the table that the stack makes. */
export async function serveTable(): Promise<ServedTable> {
  const name = 'notes-table';
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  const keys = [
    ['collection', 'HASH'],
    ['id', 'RANGE'],
  ] as const;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
  const close = async (): Promise<void> => {
    client.destroy();
    server.closeAllConnections();
    await new Promise<void>((closed) => void server.close(() => closed()));
  };
  return { name, endpoint, client, close };
}
