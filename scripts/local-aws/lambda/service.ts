import { randomUUID } from 'node:crypto';
import { AwsError, unsupported } from '../aws-error';
import type { JsonObject } from '../resource';
import { readObject } from '../s3/objects';
import type { LocalAws, LocalRequest, LocalResponse, Service } from '../service';
import { unpackCode } from './code';
import { functions, getFunction, type FunctionRecord } from './functions';
import { invokeFunction } from './invoke';
import { closePool, retireIdle } from './pool';

/** Lambda: what CDK's deployments and hotswaps call, and what a person does with a function. */
export function lambdaService(local: LocalAws): Service {
  return { signingName: 'lambda', protocol: 'rest-json', handle: (request) => handle(local, request), close: () => closePool(local) };
}

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
  const reference = decodeURIComponent(name);
  switch (call) {
    case 'GET ':
      return json(200, describeWhole(local, permitted(local, request, 'GetFunction', reference)));
    case 'GET /configuration':
      return json(200, describe(permitted(local, request, 'GetFunctionConfiguration', reference)));
    case 'PUT /code':
      return updateCode(local, request, permitted(local, request, 'UpdateFunctionCode', reference));
    case 'PUT /configuration':
      return updateConfiguration(local, request, permitted(local, request, 'UpdateFunctionConfiguration', reference));
    case 'POST /invocations':
      return invoke(local, request, permitted(local, request, 'InvokeFunction', reference));
    default:
      throw unsupported(`Lambda's ${call}`);
  }
}

function permitted(local: LocalAws, request: LocalRequest, action: string, reference: string): FunctionRecord {
  const name = reference.replace(/:\$LATEST$/, '').split(':function:').at(-1) ?? '';
  request.authorize(`lambda:${action}`, `arn:aws:lambda:${request.region}:${local.account}:function:${name}`);
  return getFunction(local, request.region, reference);
}

function list(local: LocalAws, request: LocalRequest): LocalResponse {
  request.authorize('lambda:ListFunctions', '*');
  return json(200, { Functions: [...functions(local).values()].filter(({ region }) => region === request.region).map(describe) });
}

async function invoke(local: LocalAws, request: LocalRequest, record: FunctionRecord): Promise<LocalResponse> {
  const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
  if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
  if (type !== 'RequestResponse') throw unsupported(`Lambda invocations of the type ${type}`);
  parse(request.body.length === 0 ? Buffer.from('{}') : request.body);
  const done = await invokeFunction(local, request.region, record.name, request.body);
  const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (done.functionError !== null) headers['x-amz-function-error'] = done.functionError;
  if (request.headers['x-amz-log-type'] === 'Tail') headers['x-amz-log-result'] = Buffer.from(done.lines.join('\n')).subarray(-4096).toString('base64');
  return { status: 200, headers, body: done.payload };
}

async function updateCode(local: LocalAws, request: LocalRequest, record: FunctionRecord): Promise<LocalResponse> {
  const input = parse(request.body);
  const other = Object.keys(input).find((name) => !['S3Bucket', 'S3Key', 'ZipFile', 'DryRun', 'Publish'].includes(name));
  if (other !== undefined || input['Publish'] === true) throw unsupported(`${other ?? 'Publish'} of lambda:UpdateFunctionCode`);
  const { S3Bucket, S3Key, ZipFile } = input;
  const zip = typeof ZipFile === 'string' ? Buffer.from(ZipFile, 'base64') : typeof S3Bucket === 'string' && typeof S3Key === 'string' ? readObject(local, S3Bucket, S3Key) : null;
  if (zip === null) throw new AwsError('InvalidParameterValueException', 'Please provide a source for function code.');
  const code = await unpackCode(local, zip);
  if (input['DryRun'] !== true) change(local, record, { code, codeSize: zip.length });
  return json(200, describe(record));
}

function updateConfiguration(local: LocalAws, request: LocalRequest, record: FunctionRecord): LocalResponse {
  const { Description, Environment, ...rest } = parse(request.body);
  const other = Object.keys(rest)[0];
  if (other !== undefined) throw unsupported(`${other} of lambda:UpdateFunctionConfiguration`);
  const variables = (Environment as { Variables?: Record<string, string> } | undefined)?.Variables;
  change(local, record, { ...(typeof Description === 'string' ? { description: Description } : {}), ...(variables === undefined ? {} : { environment: variables }) });
  return json(200, describe(record));
}

function change(local: LocalAws, record: FunctionRecord, changes: Partial<FunctionRecord>): void {
  Object.assign(record, changes, { lastModified: new Date().toISOString(), revision: randomUUID() });
  retireIdle(local, record.arn);
}

function describeWhole(local: LocalAws, record: FunctionRecord): JsonObject {
  return { Configuration: describe(record), Code: { RepositoryType: 'S3', Location: `${local.origin()}/` }, Tags: record.tags };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
function describe(record: FunctionRecord): JsonObject {
  return {
    FunctionName: record.name,
    FunctionArn: record.arn,
    Runtime: record.runtime,
    Role: record.role,
    Handler: record.handler,
    CodeSize: record.codeSize,
    CodeSha256: Buffer.from(record.code, 'hex').toString('base64'),
    Description: record.description,
    Timeout: record.timeout,
    MemorySize: record.memory,
    LastModified: record.lastModified.replace('Z', '+0000'),
    Version: '$LATEST',
    Environment: { Variables: record.environment },
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: record.revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [record.architecture],
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: record.logFormat, LogGroup: record.logGroup },
  };
}

function parse(body: Buffer): JsonObject {
  try {
    return JSON.parse(body.toString()) as JsonObject;
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${error instanceof Error ? error.message : ''}`);
  }
}

function json(status: number, body: JsonObject): LocalResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
