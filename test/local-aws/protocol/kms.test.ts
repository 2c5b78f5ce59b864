import { DescribeKeyCommand, EncryptCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const kms = proof.watch(new KMSClient(proof.init));

// The two answers of the API reference's examples, as AWS publishes them with botocore: botocore/data/kms/2014-11-01/examples-1.json
test.each([
  ['a symmetric key', {}, { Enabled: true, KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT', KeyState: 'Enabled', EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }],
  ['an RSA key that is disabled', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', Enabled: false }, {
    Enabled: false, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', KeyState: 'Disabled',
    SigningAlgorithms: ['RSASSA_PKCS1_V1_5_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_384', 'RSASSA_PKCS1_V1_5_SHA_512', 'RSASSA_PSS_SHA_256', 'RSASSA_PSS_SHA_384', 'RSASSA_PSS_SHA_512'],
  }],
])('DescribeKey of %s', async (_, properties, described) => {
  const KeyPolicy = { Version: '2012-10-17', Statement: [] };
  expect(await proof.deploy({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy, ...properties } }, Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/it', TargetKeyId: { Ref: 'Key' } } } })).toMatch(/_COMPLETE$/);
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/it' }));
  expect(KeyMetadata).toEqual({
    AWSAccountId: '000000000000', Arn: `arn:aws:kms:us-west-2:000000000000:key/${KeyMetadata?.KeyId}`, CreationDate: date, CustomerMasterKeySpec: described.KeySpec, Description: '',
    KeyId: expect.stringMatching(/^[\da-f-]{36}$/) as string, KeyManager: 'CUSTOMER', MultiRegion: false, Origin: 'AWS_KMS', ...described,
  });
  await proof.destroy();
});

test('errors', async () => {
  await expect(kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' }))).rejects.toBeInstanceOf(NotFoundException);
  expect(await refusal(kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' })))).toEqual(['NotFoundException', 400]);
  expect(await refusal(kms.send(new DescribeKeyCommand({ KeyId: '' })))).toEqual(['ValidationException', 400]);
  expect(await refusal(kms.send(new EncryptCommand({ KeyId: 'alias/it', Plaintext: Buffer.from('a') })))).toEqual(['UnsupportedOperation', 501]);
});
