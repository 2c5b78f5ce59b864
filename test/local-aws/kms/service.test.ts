import { openServedAws, type ServedAws } from '../served-aws';

let served: ServedAws;
beforeAll(async () => { served = await openServedAws(); });
afterAll(() => served.close());

const describeKey = (KeyId: string, more: object = {}) => served.json('kms', 'TrentService.DescribeKey', { KeyId, ...more });
const stack = (properties: object, alias = 'alias/app') => ({
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Version: '2012-10-17', Statement: [] }, ...properties } },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: alias, TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
});

test('describes the key of a stack by alias, id and ARN, until the stack is gone', async () => {
  expect(await served.deploy(stack({ Description: 'first' }))).toBe('CREATE_COMPLETE');
  const { status, body } = await describeKey('alias/app');
  expect(status).toBe(200);
  const metadata = body['KeyMetadata'] as { readonly KeyId: string; readonly Arn: string };
  expect(metadata).toEqual({
    AWSAccountId: '000000000000', KeyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, Arn: `arn:aws:kms:us-west-2:000000000000:key/${metadata.KeyId}`, CreationDate: expect.any(Number) as number,
    Description: 'first', Enabled: true, KeyState: 'Enabled', KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'SYMMETRIC_DEFAULT', CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeyManager: 'CUSTOMER', Origin: 'AWS_KMS', MultiRegion: false, EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
  });
  for (const name of [metadata.KeyId, metadata.Arn, 'arn:aws:kms:us-west-2:000000000000:alias/app']) expect((await describeKey(name)).body).toEqual(body);

  expect(await served.deploy(stack({ Description: 'second', Enabled: 'false' }))).toBe('UPDATE_COMPLETE');
  expect((await describeKey('alias/app')).body).toMatchObject({ KeyMetadata: { KeyId: metadata.KeyId, Description: 'second', Enabled: false, KeyState: 'Disabled' } });

  expect(await served.deploy(stack({}, 'alias/aws/app'))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await served.deploy(stack({}, 'alias/other'))).toBe('UPDATE_COMPLETE');
  expect((await describeKey('alias/app')).status).toBe(400);
  expect((await describeKey('alias/other')).body).toMatchObject({ KeyMetadata: { KeyId: metadata.KeyId } });

  await served.destroy();
  expect(await describeKey(metadata.KeyId)).toMatchObject({ status: 400, body: { __type: 'NotFoundException' } });
});

test('refuses what it does not model', async () => {
  expect(await served.json('kms', 'TrentService.Encrypt', {})).toMatchObject({ status: 501, body: { __type: 'UnsupportedOperation' } });
  expect(await describeKey('alias/app', { GrantTokens: ['x'] })).toMatchObject({ status: 501, body: { __type: 'UnsupportedOperation' } });
  expect(await served.json('kms', 'TrentService.DescribeKey', {})).toMatchObject({ status: 400, body: { __type: 'ValidationException' } });
});
