import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand, type AttributeValue, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Note } from './note';
import type { Page } from './page';

/** The notes, wherever they are kept. */
export interface NoteStore {
  add(note: Note): Promise<void>;
  get(id: string): Promise<Note | null>;
  /** Newest first. `last` is the id to go on after, `null` at the end. */
  list(page: Page): Promise<{ readonly notes: readonly Note[]; readonly last: string | null }>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}

type Item = Record<string, AttributeValue>;

/** The notes in a DynamoDB table whose key is `collection` and `id`. */
export function noteStore(client: DynamoDBClient, TableName: string): NoteStore {
  return {
    async add(note) {
      await client.send(new PutItemCommand({ TableName, Item: toItem(note) }));
    },
    async get(id) {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: key(id), ConsistentRead: true }));
      return Item === undefined ? null : fromItem(Item);
    },
    async list({ limit, after }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: '#collection = :notes',
          ExpressionAttributeNames: { '#collection': 'collection' },
          ExpressionAttributeValues: { ':notes': { S: collection } },
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
          ...(after === undefined ? {} : { ExclusiveStartKey: key(after) }),
        }),
      );
      return { notes: Items.map(fromItem), last: LastEvaluatedKey === undefined ? null : text(LastEvaluatedKey, 'id') };
    },
    async remove(id) {
      const { Attributes } = await client.send(new DeleteItemCommand({ TableName, Key: key(id), ReturnValues: 'ALL_OLD' }));
      return Attributes !== undefined;
    },
  };
}

const collection = 'notes';

const key = (id: string): Item => ({ collection: { S: collection }, id: { S: id } });

function toItem({ id, text, createdAt }: Note): Item {
  return { ...key(id), text: { S: text }, createdAt: { S: createdAt } };
}

function fromItem(item: Item): Note {
  return { id: text(item, 'id'), text: text(item, 'text'), createdAt: text(item, 'createdAt') };
}

function text(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`An item of the table has no ${name}`);
  return value;
}
