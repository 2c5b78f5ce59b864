import { isNoteId } from '../../../lib/service/note-id';
import { noteStore, type NoteStore } from '../../../lib/service/note-store';
import { respond } from '../../../lib/service/respond';
import type { ServiceRequest } from '../../../lib/service/routes';
import { serveTable, type ServedTable } from './dynamodb';

let table: ServedTable;
let store: NoteStore;
const faults: unknown[] = [];

beforeEach(async () => {
  table = await serveTable();
  store = noteStore(table.client, table.name);
  faults.length = 0;
});
afterEach(() => table.close());

interface Answered {
  readonly status: number | undefined;
  readonly body: unknown;
  readonly headers: unknown;
}

async function call(routeKey: string, request: Partial<ServiceRequest> = {}): Promise<Answered> {
  const { statusCode, body, headers } = await respond({ routeKey, isBase64Encoded: false, ...request }, store, (fault) => faults.push(fault));
  return { status: statusCode, body: body === undefined ? undefined : JSON.parse(body), headers };
}

const post = (note: unknown): Promise<Answered> => call('POST /notes', { body: JSON.stringify(note) });
const named = (id: string): Partial<ServiceRequest> => ({ pathParameters: { id } });

async function added(text: string): Promise<string> {
  const { status, body } = await post({ text });
  expect(status).toBe(201);
  return (body as { readonly id: string }).id;
}

describe('a note', () => {
  test('is made, read, and removed', async () => {
    const made = await post({ text: 'hello, wörld\n' });
    const { id } = made.body as { readonly id: string };
    expect(made).toMatchObject({ status: 201, headers: { location: `/notes/${id}`, 'content-type': 'application/json; charset=utf-8' }, body: { text: 'hello, wörld\n' } });
    expect(isNoteId(id)).toBe(true);
    expect(await call('GET /notes/{id}', named(id))).toMatchObject({ status: 200, body: made.body });
    expect(await call('DELETE /notes/{id}', named(id))).toMatchObject({ status: 204, body: undefined });
    expect(await call('GET /notes/{id}', named(id))).toMatchObject({ status: 404, body: { message: 'There is no note with this id.' } });
    expect(await call('DELETE /notes/{id}', named(id))).toMatchObject({ status: 404 });
    expect(faults).toEqual([]);
  });

  test('may come in Base64, as API Gateway passes bodies of unknown types on', async () => {
    const body = Buffer.from('{"text":"hello"}').toString('base64');
    expect(await call('POST /notes', { body, isBase64Encoded: true })).toMatchObject({ status: 201, body: { text: 'hello' } });
  });

  test.each(['nothing', '', 'x'.repeat(5000), '../notes'])('with the id %j is not there, and the table is not asked', async (id) => {
    await table.close();
    expect(await call('GET /notes/{id}', named(id))).toMatchObject({ status: 404 });
  });
});

describe('the list', () => {
  test('is empty at first', async () => {
    expect(await call('GET /notes')).toMatchObject({ status: 200, body: { notes: [], nextToken: null } });
  });

  test('goes page by page, newest first, through every note once', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'], now: 1_700_000_000_000 });
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      jest.setSystemTime(1_700_000_000_000 + count);
      ids.unshift(await added(`note ${count}`));
    }
    jest.useRealTimers();
    const seen: string[] = [];
    let nextToken: string | null = null;
    do {
      const { status, body } = await call('GET /notes', { queryStringParameters: { limit: '2', ...(nextToken === null ? {} : { nextToken }) } });
      expect(status).toBe(200);
      const page = body as { readonly notes: readonly { readonly id: string }[]; readonly nextToken: string | null };
      seen.push(...page.notes.map(({ id }) => id));
      nextToken = page.nextToken;
    } while (nextToken !== null);
    expect(seen).toEqual(ids);
  });

  test.each([
    [{ limit: '0' }, /limit must be a number from 1 to 100/],
    [{ limit: '101' }, /limit/],
    [{ limit: '1e1' }, /limit/],
    [{ nextToken: 'x' }, /nextToken is not one that a list gave/],
    [{ page: '2' }, /"page" is not known/],
  ])('refuses %j', async (queryStringParameters, message) => {
    expect(await call('GET /notes', { queryStringParameters })).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) as unknown } });
  });
});

describe('what is refused', () => {
  test.each([
    ['no body', undefined, 400, /no body/],
    ['no JSON', '{"text":', 400, /not JSON in UTF-8/],
    ['an array', '[]', 400, /must be a JSON object/],
    ['null', 'null', 400, /must be a JSON object/],
    ['no text', '{}', 400, /text is missing/],
    ['a number', '{"text":1}', 400, /not a string/],
    ['blanks', '{"text":" \\n"}', 400, /text is empty/],
    ['another member', '{"text":"a","__proto__":{}}', 400, /"__proto__" is not known/],
    ['a long text', JSON.stringify({ text: 'x'.repeat(4097) }), 400, /longer than 4096/],
    ['a large body', JSON.stringify({ text: 'x'.repeat(33_000) }), 413, /larger than 32768 bytes/],
  ])('%s', async (_case, body, status, message) => {
    expect(await call('POST /notes', body === undefined ? {} : { body })).toMatchObject({ status, body: { message: expect.stringMatching(message) as unknown } });
  });

  test('bytes that are not UTF-8', async () => {
    const body = Buffer.from([0x22, 0xff, 0x22]).toString('base64');
    expect(await call('POST /notes', { body, isBase64Encoded: true })).toMatchObject({ status: 400 });
  });

  test('the longest text is not, however it is written', async () => {
    const body = `{"text":"${'\\u00e4'.repeat(4096)}"}`;
    expect(await call('POST /notes', { body })).toMatchObject({ status: 201 });
  });

  test.each([
    ['PUT /notes', 405],
    ['GET /other', 404],
    ['$default', 404],
    ['toString', 404],
  ])('the route %s, with %i', async (routeKey, status) => {
    expect(await call(routeKey)).toMatchObject({ status, body: { message: expect.any(String) as unknown } });
  });
});

test('a fault is logged, and the caller learns only that there was one', async () => {
  await table.close();
  const { status, body } = await call('GET /notes');
  expect({ status, body }).toEqual({ status: 500, body: { message: 'Something went wrong on our side.' } });
  expect(faults).toHaveLength(1);
});
