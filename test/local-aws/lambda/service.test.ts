import { AwsError } from '../../../scripts/local-aws/aws-error';
import { lambdaResourceTypes } from '../../../scripts/local-aws/lambda/resource-types';
import { lambdaService } from '../../../scripts/local-aws/lambda/service';
import type { JsonObject, ResourceContext, ResourceType } from '../../../scripts/local-aws/resource';
import { createBucket } from '../../../scripts/local-aws/s3/buckets';
import { putObject } from '../../../scripts/local-aws/s3/objects';
import type { LocalRequest, LocalResponse } from '../../../scripts/local-aws/service';
import { folderAws, type FolderAws } from './folder-aws';
import { storedZip } from './stored-zip';

let local: FolderAws;
let context: ResourceContext;
let properties: JsonObject;
const answer = (text: string): Buffer => storedZip({ 'index.js': `exports.handler = async () => process.env.WHO + ' ${text}';` });

beforeEach(() => {
  local = folderAws();
  context = { local, region: 'us-west-2', stackName: 'Stack', stackId: 'x', logicalId: 'Fn' };
  createBucket(local, 'assets', 'us-west-2');
  for (const key of ['one', 'two']) putObject(local, 'assets', key, answer(key), {});
  properties = {
    Code: { S3Bucket: 'assets', S3Key: 'one' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: `arn:aws:iam::${local.account}:role/fn`,
    Environment: { Variables: { WHO: 'me' } }, MemorySize: 512, Timeout: 10, Architectures: ['arm64'],
  };
});
afterEach(() => local.close());

function functionType(): ResourceType {
  const found = lambdaResourceTypes.find(({ name }) => name === 'AWS::Lambda::Function');
  if (found === undefined) throw new Error('no type');
  return found;
}

function call(method: string, path: string, body = '', headers: Record<string, string> = {}, allowed: (action: string) => boolean = () => true): Promise<LocalResponse> {
  const request: LocalRequest = {
    method, url: new URL(`http://127.0.0.1/2015-03-31/functions${path}`), headers, body: Buffer.from(body), region: 'us-west-2',
    caller: { account: local.account, arn: 'a', userId: 'u', accessKeyId: 'k' },
    authorize(action) {
      if (!allowed(action)) throw new AwsError('AccessDeniedException', 'no', 403);
    },
  };
  return lambdaService(local).handle(request);
}

const text = ({ body }: LocalResponse): string => body.toString();

test('made, invoked, given new code while warm, updated, deleted', async () => {
  const made = await functionType().create(context, properties);
  const { physicalId: name } = made;
  expect(name).toMatch(/^Stack-Fn-\w{12}$/);
  expect(text(await call('POST', `/${name}/invocations`, '{}'))).toBe('"me one"');
  const updated = JSON.parse(text(await call('PUT', `/${name}/code`, JSON.stringify({ S3Bucket: 'assets', S3Key: 'two' })))) as JsonObject;
  expect(updated).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', FunctionName: name });
  expect(text(await call('POST', `/${name}/invocations`, '{}'))).toBe('"me two"');
  await functionType().update(context, made, properties, { ...properties, Environment: { Variables: { WHO: 'you' } } });
  expect(text(await call('POST', `/${name}/invocations`, '{}'))).toBe('"you one"');
  expect(JSON.parse(text(await call('GET', `/${name}`)))).toMatchObject({ Configuration: { Environment: { Variables: { WHO: 'you' } }, Timeout: 10, MemorySize: 512 } });
  await functionType().delete(context, made, properties);
  await functionType().delete(context, made, properties);
  await expect(call('GET', `/${name}`)).rejects.toMatchObject({ code: 'ResourceNotFoundException', status: 404 });
  await expect(call('GET', '/%ZZ')).rejects.toMatchObject({ code: 'ValidationException', status: 400, message: expect.stringMatching(/^1 validation error detected: Value '%ZZ' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: \(arn:/) as string });
});

test('the log of an invocation is handed out when it is asked for, and a failure is named', async () => {
  const { physicalId: name } = await functionType().create(context, { ...properties, Handler: 'index.nothing' });
  const { headers, status } = await call('POST', `/${name}/invocations`, '', { 'x-amz-log-type': 'Tail' });
  expect([status, headers['x-amz-function-error']]).toEqual([200, 'Unhandled']);
  expect(Buffer.from(String(headers['x-amz-log-result']), 'base64').toString()).toContain('Runtime.HandlerNotFound');
});

test.each<[string, JsonObject, string]>([
  ['another runtime', { Runtime: 'python3.13' }, 'UnsupportedOperation'],
  ['an image', { PackageType: 'Image' }, 'UnsupportedOperation'],
  ['a reserved variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, 'InvalidParameterValueException'],
  ['the variable of an invocation', { Environment: { Variables: { _X_AMZN_TRACE_ID: 'x' } } }, 'InvalidParameterValueException'],
  ['a name that is none', { Environment: { Variables: { 'A-B': 'x' } } }, 'ValidationException'],
  ['more variables than Lambda holds', { Environment: { Variables: { LARGE: 'x'.repeat(4 * 1024) } } }, 'InvalidParameterValueException'],
  ['a wrapper of the runtime', { Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper' } } }, 'UnsupportedOperation'],
  ['code that is not there', { Code: { S3Bucket: 'assets', S3Key: 'none' } }, 'NoSuchKey'],
  ['inline code', { Code: { ZipFile: 'x' } }, 'UnsupportedOperation'],
  ['a role that Lambda cannot assume', { Role: 'arn:aws:iam::123456789012:role/other' }, 'InvalidParameterValueException'],
  ['too long a timeout', { Timeout: 901 }, 'ValidationException'],
  ['too little memory', { MemorySize: 64 }, 'ValidationException'],
  ['a part of a property that has no effect', { LoggingConfig: { ApplicationLogLevel: 'INFO' } }, 'UnsupportedOperation'],
])('%s is refused', async (_, changes, code) => {
  await expect(functionType().create(context, { ...properties, ...changes })).rejects.toMatchObject({ code });
});

test('configuration, as a hotswap changes it', async () => {
  const { physicalId: name } = await functionType().create(context, properties);
  expect(text(await call('POST', `/${name}/invocations`, '{}'))).toBe('"me one"');
  await call('PUT', `/${name}/configuration`, JSON.stringify({ Description: 'new', Environment: { Variables: { WHO: 'you' } } }));
  expect(text(await call('POST', `/${name}/invocations`, '{}'))).toBe('"you one"');
  expect(JSON.parse(text(await call('GET', `/${name}/configuration`)))).toMatchObject({ Description: 'new', Environment: { Variables: { WHO: 'you' } } });
  await expect(call('PUT', `/${name}/configuration`, JSON.stringify({ Environment: { Variables: { AWS_REGION: 'x' } } }))).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(call('PUT', `/${name}/configuration`, JSON.stringify({ Timeout: 9 }))).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});

test('what a function does not have is not told, and its list comes page by page', async () => {
  const { physicalId: name } = await functionType().create(context, { ...properties, Environment: {}, LoggingConfig: { LogFormat: 'JSON' } });
  const whole = JSON.parse(text(await call('GET', `/${name}`))) as { Configuration: object };
  expect([whole, whole.Configuration]).toEqual([expect.not.objectContaining({ Tags: expect.anything() as unknown }), expect.not.objectContaining({ Environment: expect.anything() as unknown })]);
  expect(whole.Configuration).toMatchObject({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' } });
  await functionType().create(context, { ...properties, FunctionName: 'second' });
  const page = async (query: string) => JSON.parse(text(await call('GET', `?${query}`))) as { Functions: readonly { FunctionName: string }[]; NextMarker: string | null };
  const first = await page('MaxItems=1');
  const second = await page(`MaxItems=1&Marker=${first.NextMarker}`);
  expect([...first.Functions, ...second.Functions].map(({ FunctionName }) => FunctionName)).toEqual([name, 'second']);
  expect(second.NextMarker).toBeNull();
  await expect(call('GET', '?Marker=x')).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  await expect(call('GET', '?MaxItems=0')).rejects.toThrow("Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1");
  await expect(call('GET', '?FunctionVersion=ALL')).rejects.toMatchObject({ code: 'UnsupportedOperation' });
});

test('no link is given to code that nothing serves', async () => {
  const { physicalId: name } = await functionType().create(context, { ...properties, Tags: [{ Key: 'a', Value: 'b' }] });
  expect(JSON.parse(text(await call('GET', `/${name}`)))).toMatchObject({ Code: { RepositoryType: 'S3' }, Tags: { a: 'b' } });
  expect(JSON.parse(text(await call('GET', `/${name}`)))).not.toHaveProperty('Code.Location');
});

test('what is no JSON, or too large, is not handed to the function', async () => {
  const { physicalId: name } = await functionType().create(context, properties);
  await expect(call('PUT', `/${name}/code`, 'null')).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  await expect(call('POST', `/${name}/invocations`, '{')).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
  await expect(call('POST', `/${name}/invocations`, JSON.stringify('x'.repeat(6 * 1024 * 1024)))).rejects.toMatchObject({ code: 'RequestTooLargeException', status: 413 });
  await expect(call('POST', `/${name}/invocations`, '{}', { 'x-amz-invocation-type': 'Event' })).rejects.toMatchObject({ code: 'UnsupportedOperation' });
  expect(await call('POST', `/${name}/invocations`, '{}', { 'x-amz-invocation-type': 'DryRun' })).toMatchObject({ status: 204 });
});

test('the invocation is told what its caller says of the trace and of the client', async () => {
  putObject(local, 'assets', 'tell', storedZip({ 'index.js': 'exports.handler = async (event, context) => [process.env._X_AMZN_TRACE_ID, context.clientContext];' }), {});
  const { physicalId: name } = await functionType().create(context, { ...properties, Code: { S3Bucket: 'assets', S3Key: 'tell' } });
  const told = async (headers: Record<string, string>) => JSON.parse(text(await call('POST', `/${name}/invocations`, '{}', headers))) as unknown;
  const trace = 'Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad';
  const client = { custom: { who: 'Zoë' } };
  expect(await told({ 'x-amzn-trace-id': `${trace};Sampled=1`, 'x-amz-client-context': Buffer.from(JSON.stringify(client)).toString('base64') })).toEqual([`${trace};Sampled=0`, client]);
  const [first, none] = (await told({})) as [string, unknown];
  expect([first, none]).toEqual([expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/), null]);
  expect(await told({ 'x-amzn-trace-id': 'Root=other' })).not.toEqual([first, null]);
  for (const wrong of ['x', Buffer.from(JSON.stringify('x'.repeat(2700))).toString('base64')]) await expect(call('POST', `/${name}/invocations`, '{}', { 'x-amz-client-context': wrong })).rejects.toMatchObject({ code: 'InvalidRequestContentException' });
});

test('who may not invoke does not', async () => {
  const { physicalId: name } = await functionType().create(context, properties);
  await expect(call('POST', `/${name}/invocations`, '{}', {}, (action) => action !== 'lambda:InvokeFunction')).rejects.toMatchObject({ code: 'AccessDeniedException' });
});
