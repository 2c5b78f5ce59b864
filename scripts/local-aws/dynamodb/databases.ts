import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import type { LocalAws, LocalResponse } from '../service';
import { endUnfinished } from './unfinished-tables';

/** One dynalite for each region, since tables of two regions may share a name. */
const opened = new WeakMap<LocalAws, Map<string, Promise<Server>>>();

/** What dynalite answers to an action. It checks no signature and no permission. */
export async function callDynalite(local: LocalAws, region: string, action: string, body: Buffer): Promise<LocalResponse> {
  const server = await database(local, region);
  return new Promise((resolve) => {
    const headers: Record<string, string> = {};
    const request = Object.assign(new EventEmitter(), {
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20300101T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=front, SignedHeaders=front, Signature=front',
      },
    });
    const response = {
      statusCode: 200,
      contentType: '',
      setHeader: (name: string, value: string | number) => {
        // The front writes the length, and names the request.
        if (name.toLowerCase() !== 'content-length') headers[name.toLowerCase()] = String(value);
      },
      end: (text: string) => resolve({ status: response.statusCode, headers, body: text }),
    };
    server.emit('request', request, response);
    request.emit('data', body);
    request.emit('end');
  });
}

/** @throws AwsError what DynamoDB says of it */
export async function callTable(local: LocalAws, region: string, action: string, input: JsonObject): Promise<JsonObject> {
  const { status, body } = await callDynalite(local, region, action, Buffer.from(JSON.stringify(input)));
  const answer = JSON.parse(body.toString()) as JsonObject;
  if (status === 200) return answer;
  throw new AwsError(text(answer['__type']).split('#').at(-1) ?? '', text(answer['message'] ?? answer['Message']), status);
}

/** Waits until dynalite's own timers, of no milliseconds, have run. Null once the table is gone. */
export async function settledTable(local: LocalAws, region: string, name: string): Promise<JsonObject | null> {
  for (;;) {
    let table: JsonObject;
    try {
      table = (await callTable(local, region, 'DescribeTable', { TableName: name }))['Table'] as JsonObject;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return null;
      throw error;
    }
    const indexes = (table['GlobalSecondaryIndexes'] ?? []) as JsonObject[];
    if (table['TableStatus'] === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')) return table;
    await delay(2);
  }
}

export async function closeDatabases(local: LocalAws): Promise<void> {
  const servers = [...(opened.get(local)?.values() ?? [])];
  opened.delete(local);
  for (const opening of servers) {
    const server = await opening;
    // dynalite closes its database only where its server listens.
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
    });
  }
}

function database(local: LocalAws, region: string): Promise<Server> {
  const servers = opened.get(local) ?? new Map<string, Promise<Server>>();
  opened.set(local, servers);
  const server = servers.get(region) ?? open(local, region);
  servers.set(region, server);
  return server;
}

async function open(local: LocalAws, region: string): Promise<Server> {
  const { default: dynalite } = await import('dynalite');
  const path = join(local.store.folder, 'dynamodb', region);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  await endUnfinished(path);
  // It reads account and region, for its ARNs, from nowhere but the environment, and does so at once.
  const { AWS_ACCOUNT_ID, AWS_REGION } = process.env;
  Object.assign(process.env, { AWS_ACCOUNT_ID: local.account, AWS_REGION: region });
  try {
    return dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  } finally {
    for (const [name, value] of Object.entries({ AWS_ACCOUNT_ID, AWS_REGION })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
