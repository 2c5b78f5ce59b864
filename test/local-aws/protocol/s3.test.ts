import {
  AbortMultipartUploadCommand, BucketAlreadyOwnedByYou, CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand,
  DeleteObjectCommand, DeleteObjectsCommand, GetBucketEncryptionCommand, GetBucketLocationCommand, GetBucketPolicyCommand, GetBucketTaggingCommand, GetBucketVersioningCommand, GetObjectCommand,
  HeadBucketCommand, HeadObjectCommand, ListBucketsCommand, ListObjectsV2Command, ListObjectVersionsCommand, NoSuchKey, PutObjectCommand, S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { actions } from '../../../scripts/local-aws/s3/actions';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const s3 = proof.watch(new S3Client(proof.init));

const Bucket = 'examplebucket';
const Key = 'HappyFace.jpg';
const CreateBucketConfiguration = { LocationConstraint: 'us-west-2' as const };
const etag = expect.stringMatching(/^"[\da-f]{32}"$/) as string;
const text = expect.any(String) as string;
const policy = { Version: '2012-10-17', Id: 'LogPolicy', Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }] };

// The API reference's examples, as AWS publishes them with botocore: botocore/data/s3/2006-03-01/examples-1.json
describe('every action', () => {
  test('of buckets', async () => {
    const Properties = {
      BucketName: Bucket, VersioningConfiguration: { Status: 'Enabled' }, Tags: [{ Key: 'key1', Value: 'value1' }, { Key: 'key2', Value: 'value2' }],
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/it' }, BucketKeyEnabled: true }] },
    };
    expect(await proof.deploy({ Bucket: { Type: 'AWS::S3::Bucket', Properties }, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: policy } } })).toBe('CREATE_COMPLETE');
    expect(await s3.send(new CreateBucketCommand({ Bucket: 'plain', CreateBucketConfiguration }))).toMatchObject({ Location: '/plain' });
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([Bucket, 'plain'].map((Name) => ({ Name, CreationDate: date, BucketRegion: 'us-west-2' })));
    expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: 'us-west-2' });
    expect(await s3.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({ LocationConstraint: 'us-west-2' });
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: 'Enabled' });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket: 'plain' }))).Status).toBeUndefined();
    // Beside those that CloudFormation adds: stack-tags.test.ts.
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet?.filter(({ Key }) => !Key?.startsWith('aws:'))).toEqual(Properties.Tags);
    expect(JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '')).toEqual(policy);
    expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration).toEqual({
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/it' }, BucketKeyEnabled: true }],
    });
    await s3.send(new DeleteBucketCommand({ Bucket: 'plain' }));
  });

  test('of objects', async () => {
    const first = await s3.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789abc', ContentType: 'image/jpeg', Metadata: { by: 'me' } }));
    expect(first).toMatchObject({ ETag: etag, VersionId: text, ChecksumCRC32: text, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/it', BucketKeyEnabled: true });
    const head = { AcceptRanges: 'bytes', ContentLength: 13, ContentType: 'image/jpeg', ETag: first.ETag, LastModified: date, Metadata: { by: 'me' }, VersionId: first.VersionId };
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(head);
    const whole = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(whole).toMatchObject(head);
    expect(await whole.Body?.transformToString()).toBe('0123456789abc');
    const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-9' }));
    expect(part).toMatchObject({ ContentLength: 10, ContentRange: 'bytes 0-9/13', $metadata: { httpStatusCode: 206 } });
    expect(await part.Body?.transformToString()).toBe('0123456789');
    const second = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'second' }));
    const keys = ['objectkey1', 'objectkey2'];
    for (const key of keys) await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: key }));
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, Prefix: '' }));
    expect(listed).toMatchObject({ IsTruncated: true, KeyCount: 2, MaxKeys: 2, Name: Bucket, NextContinuationToken: text });
    expect(listed.Contents?.[0]).toMatchObject({ ETag: second.ETag, Key, LastModified: date, Size: 6, StorageClass: 'STANDARD' });
    const rest = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: listed.NextContinuationToken }));
    expect(rest.Contents?.map((entry) => entry.Key)).toEqual(['objectkey2']);
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
    const version = { ETag: etag, Key, LastModified: date, StorageClass: 'STANDARD', Owner: { ID: text } };
    expect(Versions).toEqual([{ ...version, IsLatest: true, Size: 6, VersionId: second.VersionId }, { ...version, IsLatest: false, Size: 13, VersionId: first.VersionId }]);
    expect((await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: false } }))).Deleted)
      .toEqual(keys.map((key) => ({ Key: key, DeleteMarker: true, DeleteMarkerVersionId: text })));
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: first.VersionId }))).toMatchObject({ VersionId: first.VersionId });
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key }))).toMatchObject({ DeleteMarker: true, VersionId: text });
    expect((await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }))).DeleteMarkers).toEqual([{ IsLatest: true, Key, LastModified: date, Owner: { ID: text }, VersionId: text }]);
  });

  test('of uploads in parts', async () => {
    const place = { Bucket, Key: 'bigobject' };
    const { UploadId, ...begun } = await s3.send(new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: 'CRC32' }));
    expect(begun).toMatchObject({ ...place, ChecksumAlgorithm: 'CRC32' });
    const Parts = [];
    for (const [index, Body] of [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('end')].entries()) {
      const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...place, UploadId, PartNumber: index + 1, Body, ChecksumAlgorithm: 'CRC32' }));
      Parts.push({ PartNumber: index + 1, ETag, ChecksumCRC32 });
    }
    expect(await s3.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts } })))
      .toMatchObject({ ...place, ETag: expect.stringMatching(/^"[\da-f]{32}-2"$/) as string, Location: expect.stringMatching(/bigobject$/) as string });
    const other = await s3.send(new CreateMultipartUploadCommand(place));
    await s3.send(new AbortMultipartUploadCommand({ ...place, UploadId: other.UploadId }));
    expect(await refusal(s3.send(new AbortMultipartUploadCommand({ ...place, UploadId: other.UploadId })))).toEqual(['NoSuchUpload', 404]);
  });

  test('has had an answer', () => {
    const names = [...actions.values()].map(({ name }) => name.replace(/^./, (letter) => letter.toUpperCase()).replace(/Action$/, ''));
    expect([...proof.answered].toSorted()).toEqual(names.toSorted());
  });
});

test('errors', async () => {
  const create = (name: string) => s3.send(new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration }));
  await create('taken');
  await expect(create('taken')).rejects.toBeInstanceOf(BucketAlreadyOwnedByYou);
  await expect(s3.send(new GetObjectCommand({ Bucket: 'taken', Key: 'none' }))).rejects.toBeInstanceOf(NoSuchKey);
  expect(await refusal(create('taken'))).toEqual(['BucketAlreadyOwnedByYou', 409]);
  expect(await refusal(create('No'))).toEqual(['InvalidBucketName', 400]);
  expect(await refusal(s3.send(new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } })))).toEqual(['IllegalLocationConstraintException', 400]);
  expect(await refusal(s3.send(new GetBucketLocationCommand({ Bucket: 'none' })))).toEqual(['NoSuchBucket', 404]);
  expect(await refusal(s3.send(new HeadBucketCommand({ Bucket: 'none' })))).toEqual(['NotFound', 404]);
  expect(await refusal(s3.send(new HeadObjectCommand({ Bucket: 'taken', Key: 'none' })))).toEqual(['NotFound', 404]);
  expect(await refusal(s3.send(new GetBucketTaggingCommand({ Bucket: 'taken' })))).toEqual(['NoSuchTagSet', 404]);
  expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket: 'taken' })))).toEqual(['NoSuchBucketPolicy', 404]);
  await s3.send(new PutObjectCommand({ Bucket: 'taken', Key: 'k', Body: 'abc' }));
  expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket: 'taken' })))).toEqual(['BucketNotEmpty', 409]);
  expect(await refusal(s3.send(new GetObjectCommand({ Bucket: 'taken', Key: 'k', Range: 'bytes=9-' })))).toEqual(['InvalidRange', 416]);
  expect(await refusal(s3.send(new PutObjectCommand({ Bucket: 'taken', Key: 'k', Body: 'abc', IfNoneMatch: '*' })))).toEqual(['PreconditionFailed', 412]);
  expect(await refusal(s3.send(new PutObjectCommand({ Bucket: 'taken', Key: 'k', Body: 'abc', ContentMD5: Buffer.alloc(16).toString('base64') })))).toEqual(['BadDigest', 400]);
  expect(await refusal(s3.send(new PutObjectCommand({ Bucket: 'taken', Key: 'k'.repeat(1025), Body: 'abc' })))).toEqual(['KeyTooLongError', 400]);
  expect(await refusal(s3.send(new CopyObjectCommand({ Bucket: 'taken', Key: 'l', CopySource: 'taken/k' })))).toEqual(['UnsupportedOperation', 501]);
});
