import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../server';
import { openMetadata, type Metadata } from './metadata';
import { runtimeWork, type ErrorReport, type RuntimeWork, type Said } from './runtime-work';

/** Lambda's Runtime API, for one process of a function: the address is in its environment. */
export interface RuntimeApi {
  readonly work: Omit<RuntimeWork, 'ask' | 'say'>;
  /** `127.0.0.1:PORT`, of the metadata endpoint as well. */
  readonly address: string;
  readonly metadataToken: string;
  /** Kilobytes, as the process said last. */
  peakMemory(): number;
  /** Ends once the process is gone. */
  close(): Promise<void>;
}

/** What is answered to a request. */
interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string;
}

type Act = (work: RuntimeWork, requestId: string, body: Buffer) => Reply | Promise<Reply>;

/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestResponse = 6 * 1024 * 1024 + 100;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
const actions: readonly (readonly [method: string, path: RegExp, act: Act])[] = [
  ['GET', /^\/2018-06-01\/runtime\/invocation\/next$/, next],
  ['POST', /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/response$/, respond],
  ['POST', /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/error$/, (work, requestId, body) => fail(work, requestId, 'error', body)],
  ['POST', /^\/2018-06-01\/runtime\/init\/error$/, (work, _, body) => fail(work, null, 'init-error', body)],
];

/** Serves it on a port of its own, so that a process reaches no other's work. */
export async function openRuntimeApi(region: string): Promise<RuntimeApi> {
  const work = runtimeWork();
  const metadata = openMetadata(region);
  let peak = 0;
  // A function may take longer for its work than a connection is kept elsewhere.
  const server = await listen(0, async (message, reply) => {
    peak = Math.max(peak, Number(message.headers['x-peak-memory']) || 0);
    write(reply, await answer(work, metadata, message));
  }, 0);
  return { work, address: `127.0.0.1:${server.port}`, metadataToken: metadata.token, peakMemory: () => peak, close: () => server.close() };
}

async function answer(work: RuntimeWork, metadata: Metadata, message: IncomingMessage): Promise<Reply> {
  const { headers, method = '', url = '' } = message;
  const body = await read(message);
  if (isForeign(message)) return refusal(403, 'Forbidden', 'The Runtime API answers to the process of its function only.');
  if (url === metadata.path) return metadata.answer(method, headers.authorization);
  for (const [allowed, path, act] of actions) {
    const [found, requestId = ''] = path.exec(url) ?? [];
    if (found !== undefined && method === allowed) return act(work, requestId, body);
  }
  return refusal(404, 'NotFound', `${method} ${url} is not in the Runtime API.`);
}

/** A web page, or whoever got the address by another name: see `front.ts`. */
function isForeign({ headers, socket }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined || headers.host !== `127.0.0.1:${socket.localPort}`;
}

async function next(work: RuntimeWork): Promise<Reply> {
  const asked = work.ask();
  if (asked === null) return stateRefusal;
  const { event, requestId, deadline, arn, traceId, clientContext } = await asked;
  const headers = {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(deadline),
    'lambda-runtime-invoked-function-arn': arn,
    'lambda-runtime-trace-id': traceId,
    ...(clientContext === null ? {} : { 'lambda-runtime-client-context': clientContext }),
  };
  return { status: 200, headers, body: event };
}

function respond(work: RuntimeWork, requestId: string, body: Buffer): Reply {
  if (body.length <= largestResponse) return said(work, requestId, { kind: 'result', payload: body.toString() });
  const report = { errorType: 'Function.ResponseSizeTooLarge', errorMessage: `Response payload size exceeded maximum allowed payload size (${largestResponse} bytes).` };
  const reply = said(work, requestId, { kind: 'error', report });
  return reply.status === 202 ? refusal(413, 'RequestEntityTooLarge', `Exceeded maximum allowed payload size (${largestResponse} bytes).`) : reply;
}

function fail(work: RuntimeWork, requestId: string | null, kind: 'error' | 'init-error', body: Buffer): Reply {
  const report = reportOf(body);
  return report === null ? refusal(400, 'InvalidErrorShape', 'The body is no error with errorType and errorMessage.') : said(work, requestId, { kind, report });
}

function said(work: RuntimeWork, requestId: string | null, given: Said): Reply {
  const refused = work.say(requestId, given);
  if (refused === null) return { status: 202, body: { status: 'OK' } };
  return refused === 'InvalidRequestID' ? refusal(400, refused, 'Invalid request ID') : stateRefusal;
}

const stateRefusal = refusal(403, 'InvalidStateTransition', 'The runtime is not in the state for that.');

function refusal(status: number, errorType: string, errorMessage: string): Reply {
  return { status, body: { errorMessage, errorType } };
}

function reportOf(body: Buffer): ErrorReport | null {
  try {
    const { errorType, errorMessage, trace } = JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
    if (typeof errorType !== 'string' || typeof errorMessage !== 'string') return null;
    return { errorType, errorMessage, ...(Array.isArray(trace) ? { trace: trace.map(String) } : {}) };
  } catch {
    return null;
  }
}

/** Of what is too large, no more than says so. */
async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk) || size > largestResponse) continue;
    size += chunk.length;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function write(reply: ServerResponse, { status, headers, body }: Reply): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  reply.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }).end(text);
}
