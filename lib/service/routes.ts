import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { json, noContent, type Answer } from './answer';
import { noteText, type Note } from './note';
import { isNoteId, newNoteId } from './note-id';
import type { NoteStore } from './note-store';
import { requestedPage } from './page';
import { Refusal } from './refusal';
import { requestJson } from './request-json';
import type { RouteKey } from './api-routes';

/** What the service reads of API Gateway's event, payload format 2.0. */
export type ServiceRequest = Pick<APIGatewayProxyEventV2, 'routeKey' | 'isBase64Encoded'> &
  Partial<Pick<APIGatewayProxyEventV2, 'body' | 'pathParameters' | 'queryStringParameters'>>;

/** Answers a request of one route. Throws a Refusal for what the caller got wrong. */
export type Route = (request: ServiceRequest, store: NoteStore) => Promise<Answer>;

/** One answer for each route of the API. */
export const routes: Readonly<Record<RouteKey, Route>> = {
  'POST /notes': async (request, store) => {
    const text = noteText(requestJson(request));
    const now = new Date();
    const note: Note = { id: newNoteId(now), text, createdAt: now.toISOString() };
    await store.add(note);
    return json(201, note, { location: `/notes/${note.id}` });
  },
  'GET /notes': async ({ queryStringParameters }, store) => {
    const { notes, last } = await store.list(requestedPage(queryStringParameters));
    return json(200, { notes, nextToken: last });
  },
  'GET /notes/{id}': async (request, store) => {
    const note = await store.get(noteId(request));
    if (note === null) throw noSuchNote();
    return json(200, note);
  },
  'DELETE /notes/{id}': async (request, store) => {
    if (!(await store.remove(noteId(request)))) throw noSuchNote();
    return noContent;
  },
};

/** @throws Refusal 404 where no note can have the id, without asking the table */
function noteId({ pathParameters }: ServiceRequest): string {
  const id = pathParameters?.['id'] ?? '';
  if (!isNoteId(id)) throw noSuchNote();
  return id;
}

function noSuchNote(): Refusal {
  return new Refusal(404, 'There is no note with this id.');
}
