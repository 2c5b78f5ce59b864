import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import type { Answer } from './answer';
import { faultLine } from './log-line';
import { noteStore, type NoteStore } from './note-store';
import { respond } from './respond';
import type { ServiceRequest } from './routes';

const store = storeOf(process.env['TABLE_NAME']);

/** Lambda's entry. */
export function handler(request: ServiceRequest, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<Answer> {
  return respond(request, store, (fault) => process.stdout.write(faultLine(fault, awsRequestId, new Date())));
}

/** Made once for each instance of the function; the connection is kept between requests. */
function storeOf(table: string | undefined): NoteStore {
  if (!table) throw new Error('TABLE_NAME is not set');
  return noteStore(new DynamoDBClient({}), table);
}
