import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import { bucketType } from '../../../scripts/local-aws/s3/bucket-type';
import { putObject } from '../../../scripts/local-aws/s3/objects';
import { S3Box, texts } from './s3-box';

let box: S3Box;
beforeEach(() => (box = new S3Box()));
afterEach(() => box.close());

function context(): ResourceContext {
  return { local: box.local, region: 'us-west-2', stackName: 'Notes', stackId: 'arn:aws:cloudformation:us-west-2:1:stack/Notes/1', logicalId: 'Bucket83908E77' };
}

describe('AWS::S3::Bucket', () => {
  it("makes the bootstrap template's bucket", async () => {
    const properties: JsonObject = {
      BucketName: 'cdk-hnb659fds-assets-123456789012-us-west-2',
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
      VersioningConfiguration: { Status: 'Enabled' },
      Tags: [{ Key: 'a', Value: 'b' }],
    };
    expect(await bucketType.create(context(), properties)).toEqual({
      physicalId: 'cdk-hnb659fds-assets-123456789012-us-west-2',
      attributes: {
        Arn: 'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-us-west-2',
        DomainName: 'cdk-hnb659fds-assets-123456789012-us-west-2.s3.amazonaws.com',
        DualStackDomainName: 'cdk-hnb659fds-assets-123456789012-us-west-2.s3.dualstack.us-west-2.amazonaws.com',
        RegionalDomainName: 'cdk-hnb659fds-assets-123456789012-us-west-2.s3.us-west-2.amazonaws.com',
      },
    });
    const path = '/cdk-hnb659fds-assets-123456789012-us-west-2';
    expect(texts(await box.call('GET', `${path}?encryption`), 'SSEAlgorithm')).toEqual(['aws:kms']);
    expect(texts(await box.call('GET', `${path}?versioning`), 'Status')).toEqual(['Enabled']);
    expect(texts(await box.call('GET', `${path}?tagging`), 'Value')).toEqual(['b']);
    expect((await box.call('PUT', `${path}/k`, { body: 'x' })).headers).toMatchObject({ 'x-amz-server-side-encryption': 'aws:kms', 'x-amz-version-id': expect.stringMatching(/^.{32}$/) });
  });

  it('makes up a name that a bucket can have', async () => {
    const long = { ...context(), stackName: 'A'.repeat(128) };
    const names = await Promise.all([bucketType.create(context(), {}), bucketType.create(long, {})]);
    expect(names[0]?.physicalId).toMatch(/^notes-bucket83908e77-[a-z0-9]{12}$/);
    expect(names[1]?.physicalId).toMatch(/^a+-bucket83908e77-[a-z0-9]{12}$/);
    expect(names[1]?.physicalId).toHaveLength(63);
  });

  it('changes in place, and does not forget versions', async () => {
    const enabled = { VersioningConfiguration: { Status: 'Enabled' } };
    const state = await bucketType.create(context(), enabled);
    await bucketType.update(context(), state, enabled, { Tags: [{ Key: 'a', Value: 'b' }] });
    expect(texts(await box.call('GET', `/${state.physicalId}?versioning`), 'Status')).toEqual(['Suspended']);
    expect(texts(await box.call('GET', `/${state.physicalId}?tagging`), 'Key')).toEqual(['a']);
    expect(texts(await box.call('GET', `/${state.physicalId}?encryption`), 'SSEAlgorithm')).toEqual(['AES256']);
  });

  it('is deleted when it is empty, and when it is gone', async () => {
    const state = await bucketType.create(context(), {});
    putObject(box.local, state.physicalId, 'k', Buffer.from('x'), {});
    await expect(bucketType.delete(context(), state, {})).rejects.toMatchObject({ code: 'BucketNotEmpty', message: 'The bucket you tried to delete is not empty' });
    await box.call('DELETE', `/${state.physicalId}/k`);
    await bucketType.delete(context(), state, {});
    expect(await box.outcome('HEAD', `/${state.physicalId}`)).toEqual(['NoSuchBucket', 404]);
    await bucketType.delete(context(), state, {});
  });

  it.each<[JsonObject, string]>([
    [{ BucketName: 'box' }, 'BucketAlreadyOwnedByYou'],
    [{ BucketName: 'No' }, 'InvalidBucketName'],
    [{ BucketName: 'new', VersioningConfiguration: { Status: 'Yes' } }, 'MalformedXML'],
    [{ BucketName: 'new', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'rot13' } }] } }, 'MalformedXML'],
    [{ BucketName: 'new', BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } }] } }, 'UnsupportedOperation'],
  ])('refuses %j, and leaves nothing', async (properties, code) => {
    await expect(bucketType.create(context(), properties)).rejects.toMatchObject({ code });
    expect(await box.outcome('HEAD', '/new')).toEqual(['NoSuchBucket', 404]);
  });
});
