import { DeleteParameterCommand, GetParameterCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { openServedAws, type ServedAws } from '../served-aws';

let served: ServedAws;
let client: SSMClient;
beforeAll(async () => {
  served = await openServedAws();
  const { origin, region, credentials } = served.aws;
  client = new SSMClient({ endpoint: origin, region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await served.close();
});

const put = (Name: string, more: object = {}) => client.send(new PutParameterCommand({ Name, Value: 'text', Type: 'String', ...more }));
const refused = (sent: Promise<unknown>): Promise<{ readonly name: string; readonly message: string }> => sent.then(() => Promise.reject(new Error('it was answered')), (error: Error) => error);

test('keeps a parameter, its version and its type', async () => {
  expect(await put('/a/one')).toMatchObject({ Version: 1, Tier: 'Standard' });
  expect(await refused(put('/a/one'))).toMatchObject({ name: 'ParameterAlreadyExists' });
  expect(await client.send(new PutParameterCommand({ Name: '/a/one', Value: 'other', Overwrite: true }))).toMatchObject({ Version: 2 });
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/a/one' }));
  expect(Parameter).toMatchObject({ Name: '/a/one', Type: 'String', Value: 'other', Version: 2, DataType: 'text', ARN: 'arn:aws:ssm:us-west-2:000000000000:parameter/a/one' });
  expect(Math.abs((Parameter?.LastModifiedDate?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  // Named by its ARN as well.
  expect(await client.send(new GetParameterCommand({ Name: Parameter?.ARN ?? '' }))).toMatchObject({ Parameter: { Value: 'other' } });
});

test('tells which of several there are, in the order of their names', async () => {
  await put('/a/two');
  await put('/a/five');
  expect(await client.send(new GetParametersCommand({ Names: ['/a/two', '/a/none', '/a/five'] }))).toMatchObject({ Parameters: [{ Name: '/a/five' }, { Name: '/a/two' }], InvalidParameters: ['/a/none'] });
});

test('deletes once', async () => {
  await put('plain');
  expect(await client.send(new GetParameterCommand({ Name: 'plain' }))).toMatchObject({ Parameter: { ARN: 'arn:aws:ssm:us-west-2:000000000000:parameter/plain' } });
  expect(await client.send(new GetParameterCommand({ Name: 'arn:aws:ssm:us-west-2:000000000000:parameter/plain' }))).toMatchObject({ Parameter: { Name: 'plain' } });
  await client.send(new DeleteParameterCommand({ Name: 'plain' }));
  expect(await refused(client.send(new DeleteParameterCommand({ Name: 'plain' })))).toMatchObject({ name: 'ParameterNotFound' });
  expect(await refused(client.send(new GetParameterCommand({ Name: 'plain' })))).toMatchObject({ name: 'ParameterNotFound' });
});

test.each([
  ['a name with a blank', 'a b', {}, 'ValidationException'],
  ['a path without its slash', 'a/b', {}, 'ValidationException'],
  ['a reserved path', '/AWS/service/x', {}, 'AccessDeniedException'],
  ['a reserved name', '/SSM/x', {}, 'ValidationException'],
  ['sixteen levels', `/${Array.from({ length: 16 }, () => 'a').join('/')}`, {}, 'HierarchyLevelLimitExceededException'],
  ['a value over 4 KB', '/big', { Value: 'x'.repeat(4097) }, 'ValidationException'],
  ['no value', '/empty', { Value: '' }, 'ValidationException'],
  ['no type', '/typeless', { Type: undefined }, 'ValidationException'],
  ['a value against its pattern', '/pattern', { AllowedPattern: '[0-9]+' }, 'ParameterPatternMismatchException'],
  ['a pattern that is none', '/pattern', { AllowedPattern: '[' }, 'InvalidAllowedPatternException'],
  ['a SecureString', '/secure', { Type: 'SecureString' }, 'UnsupportedOperation'],
  ['what it does not model', '/tier', { Tier: 'Advanced' }, 'UnsupportedOperation'],
  ['tags with overwrite', '/tags', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }, 'ValidationException'],
])('refuses %s', async (_title, name, more, code) => {
  expect(await refused(put(name, more))).toMatchObject({ name: code });
});

test('refuses a selector, and an action that it does not model', async () => {
  expect(await refused(client.send(new GetParameterCommand({ Name: '/a/one:1' })))).toMatchObject({ name: 'UnsupportedOperation' });
  expect(await served.json('ssm', 'AmazonSSM.DescribeParameters', {})).toMatchObject({ status: 501, body: { __type: 'UnsupportedOperation', message: expect.stringContaining('ssm:DescribeParameters') as string } });
});

test('answers a broken body as AWS does', async () => {
  expect(await served.json('ssm', 'AmazonSSM.GetParameter', '{')).toMatchObject({ status: 400, contentType: 'application/x-amz-json-1.1', body: { __type: 'SerializationException' } });
  expect(await served.json('ssm', 'AmazonSSM.GetParameter', '[]')).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
});

const parameter = (properties: object) => ({
  Named: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: '/stack/named', Value: 5, ...properties } },
  Unnamed: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'StringList', Value: { Ref: 'Named' } } },
});

test('makes, changes and deletes the parameters of a stack', async () => {
  expect(await served.deploy(parameter({}))).toBe('CREATE_COMPLETE');
  expect(await client.send(new GetParameterCommand({ Name: '/stack/named' }))).toMatchObject({ Parameter: { Value: '5', Version: 1 } });
  expect(await served.deploy(parameter({ Value: 'six', AllowedPattern: '[a-z]+' }))).toBe('UPDATE_COMPLETE');
  expect(await client.send(new GetParameterCommand({ Name: '/stack/named' }))).toMatchObject({ Parameter: { Value: 'six', Version: 2 } });
  expect(await served.deploy(parameter({ Value: '7', AllowedPattern: '[a-z]+' }))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await served.failures()).toEqual(['Named Parameter value, cannot be validated against allowedPattern: [a-z]+']);
  expect(await client.send(new GetParameterCommand({ Name: '/stack/named' }))).toMatchObject({ Parameter: { Value: 'six' } });
  await served.destroy();
  expect(await refused(client.send(new GetParameterCommand({ Name: '/stack/named' })))).toMatchObject({ name: 'ParameterNotFound' });
});
