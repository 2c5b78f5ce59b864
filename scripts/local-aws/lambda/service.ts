import { isJsonObject } from '../../configuration/json-object';
import { AwsError, constraintBroken, unsupported } from '../aws-error';
import { decoded } from '../decoded';
import type { Json, JsonObject } from '../resource';
import type { LocalAws, LocalRequest, LocalResponse, Service } from '../service';
import { describeFunction, describeListed, describeWhole } from './describe-function';
import { numberProperty } from './function-settings';
import { functionArn, functions, getFunction, type FunctionRecord } from './functions';
import { invokeFunction } from './invoke';
import { closePool } from './pool';
import { updateCode, updateConfiguration } from './update-function';

/** Lambda: what CDK's deployments and hotswaps call, and what a person does with a function. */
export function lambdaService(local: LocalAws): Service {
  return { signingName: 'lambda', protocol: 'rest-json', handle: (request) => handle(local, request), close: () => closePool(local) };
}

/** Bytes. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestRequest = 6 * 1024 * 1024;

/** Bytes in base64. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestSyntax */
const largestClientContext = 3583;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
async function handle(local: LocalAws, request: LocalRequest): Promise<LocalResponse> {
  const { method, url } = request;
  const [, name, rest = ''] = /^\/2015-03-31\/functions(?:\/([^/]+)(\/.*)?)?\/?$/.exec(url.pathname) ?? [];
  const call = `${method} ${url.pathname.startsWith('/2015-03-31/functions') ? rest : url.pathname}`;
  if (name === undefined) {
    if (call === 'GET ') return list(local, request);
    throw unsupported(`Lambda's ${call}`);
  }
  const qualifier = url.searchParams.get('Qualifier') ?? '$LATEST';
  if (qualifier !== '$LATEST') throw unsupported('versions and aliases of Lambda functions');
  const action = actions.get(call);
  if (action === undefined) throw unsupported(`Lambda's ${call}`);
  return action.act(local, request, permitted(local, request, action.name, referenceIn(name)));
}

/** As AWS writes it in its refusals. */
const referencePattern = String.raw`(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?([a-zA-Z0-9-_\.]+)(:(\$LATEST|[a-zA-Z0-9-_]+))?`;

/** What cannot be decoded is no name: none has a percent sign. */
function referenceIn(name: string): string {
  const reference = decoded(name);
  if (reference === null) throw new AwsError('ValidationException', constraintBroken('functionName', name, `satisfy regular expression pattern: ${referencePattern}`));
  return reference;
}

interface FunctionAction {
  /** As policies name it. */
  readonly name: string;
  act(local: LocalAws, request: LocalRequest, record: FunctionRecord): LocalResponse | Promise<LocalResponse>;
}

/** By method, and path below the function. ListFunctions has no function. */
export const actions: ReadonlyMap<string, FunctionAction> = new Map<string, FunctionAction>([
  ['GET ', { name: 'GetFunction', act: (_local, _request, record) => json(200, describeWhole(record)) }],
  ['GET /configuration', { name: 'GetFunctionConfiguration', act: (_local, _request, record) => json(200, describeFunction(record)) }],
  ['PUT /code', { name: 'UpdateFunctionCode', act: async (local, { body }, record) => json(200, await updateCode(local, record, parseObject(body))) }],
  ['PUT /configuration', { name: 'UpdateFunctionConfiguration', act: (local, { body }, record) => json(200, updateConfiguration(local, record, parseObject(body))) }],
  ['POST /invocations', { name: 'InvokeFunction', act: invoke }],
]);

function permitted(local: LocalAws, request: LocalRequest, action: string, reference: string): FunctionRecord {
  request.authorize(`lambda:${action}`, functionArn(local, request.region, reference));
  return getFunction(local, request.region, reference);
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
function list(local: LocalAws, request: LocalRequest): LocalResponse {
  request.authorize('lambda:ListFunctions', '*');
  const { searchParams } = request.url;
  const other = [...searchParams.keys()].find((name) => name !== 'Marker' && name !== 'MaxItems');
  if (other !== undefined) throw unsupported(`${other} of lambda:ListFunctions`);
  const start = Number(searchParams.get('Marker') ?? 0);
  const most = numberProperty(Object.fromEntries(searchParams), 'MaxItems', 1, 10_000, longestPage);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('InvalidParameterValueException', 'Invalid pagination token');
  const end = start + Math.min(most, longestPage);
  const found = [...functions(local).values()].filter(({ region }) => region === request.region);
  return json(200, { Functions: found.slice(start, end).map(describeListed), NextMarker: end < found.length ? String(end) : null });
}

/** Functions. */
const longestPage = 50;

async function invoke(local: LocalAws, request: LocalRequest, record: FunctionRecord): Promise<LocalResponse> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  if (type !== 'RequestResponse') throw unsupported(`Lambda invocations of the type ${type}`);
  if (request.body.length > largestRequest) {
    throw new AwsError('RequestTooLargeException', `Request must be smaller than ${largestRequest} bytes for the InvokeFunction operation`, 413);
  }
  parse(request.body.length === 0 ? Buffer.from('{}') : request.body);
  const trace = request.headers['x-amzn-trace-id'];
  const done = await invokeFunction(local, request.region, record.name, request.body, { trace, clientContext: clientContextOf(request.headers['x-amz-client-context']) });
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (done.functionError !== null) headers['x-amz-function-error'] = done.functionError;
  if (request.headers['x-amz-log-type'] === 'Tail') headers['x-amz-log-result'] = Buffer.from(done.lines.join('\n')).subarray(-4096).toString('base64');
  return { status: 200, headers, body: done.payload };
}

/** JSON, in ASCII so that a header of the Runtime API can hold it. */
function clientContextOf(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (given.length > largestClientContext) throw new AwsError('InvalidRequestContentException', `Client context must be no more than ${largestClientContext} bytes in base64.`);
  const text = JSON.stringify(parse(Buffer.from(given, 'base64')));
  return text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function parseObject(body: Buffer): JsonObject {
  const value = parse(body);
  if (isJsonObject(value)) return value;
  throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json: it is no object');
}

function parse(body: Buffer): Json {
  try {
    return JSON.parse(body.toString()) as Json;
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${error instanceof Error ? error.message : ''}`);
  }
}

function json(status: number, body: JsonObject): LocalResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
