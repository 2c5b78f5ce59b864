import { AwsError } from '../aws-error';
import type { LocalResponse } from '../service';
import { XmlList } from '../xml';
import { authorize } from './access';
import { readBody } from './body';
import { buckets, createBucket, getBucket } from './buckets';
import { answer, empty, type S3Call } from './call';
import { deleteBucket } from './delete-bucket';
import { readXml, textOf } from './xml-reader';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBucketsAction(call: S3Call): LocalResponse {
  authorize(call, 's3:ListAllMyBuckets');
  const entries = [...buckets(call.local).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return answer('ListAllMyBucketsResult', {
    Owner: { ID: call.local.account },
    Buckets: new XmlList(entries.map(({ name, created, region }) => ({ Name: name, CreationDate: created, BucketRegion: region })), 'Bucket'),
  });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function createBucketAction(call: S3Call): LocalResponse {
  const { local, bucket, request } = call;
  const { bytes } = readBody(call);
  const constraint = bytes.length === 0 ? null : textOf(readXml(bytes, 'CreateBucketConfiguration'), 'LocationConstraint');
  authorize(call, 's3:CreateBucket', { 's3:locationconstraint': constraint ?? [] });
  if (constraint === null ? request.region !== 'us-east-1' : constraint !== request.region) {
    const said = constraint ?? 'unspecified';
    throw new AwsError('IllegalLocationConstraintException', `The ${said} location constraint is incompatible for the region specific endpoint this request was sent to.`);
  }
  createBucket(local, bucket, request.region);
  return empty(200, { location: `/${bucket}` });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export function deleteBucketAction(call: S3Call): LocalResponse {
  authorize(call, 's3:DeleteBucket');
  deleteBucket(call.local, call.bucket);
  return empty(204);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export function headBucketAction(call: S3Call): LocalResponse {
  authorize(call, 's3:ListBucket', { 's3:prefix': [], 's3:delimiter': [], 's3:max-keys': [] });
  const { region } = getBucket(call.local, call.bucket);
  return empty(200, { 'x-amz-bucket-region': region });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
export function getBucketLocationAction(call: S3Call): LocalResponse {
  authorize(call, 's3:GetBucketLocation');
  const { region } = getBucket(call.local, call.bucket);
  return answer('LocationConstraint', region === 'us-east-1' ? null : region);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export function getBucketEncryptionAction(call: S3Call): LocalResponse {
  authorize(call, 's3:GetEncryptionConfiguration');
  const { algorithm, keyId, bucketKey = false } = getBucket(call.local, call.bucket).encryption;
  const byDefault = { SSEAlgorithm: algorithm, KMSMasterKeyID: keyId ?? undefined };
  return answer('ServerSideEncryptionConfiguration', { Rule: { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: bucketKey } });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export function getBucketVersioningAction(call: S3Call): LocalResponse {
  authorize(call, 's3:GetBucketVersioning');
  return answer('VersioningConfiguration', { Status: getBucket(call.local, call.bucket).versioning ?? undefined });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export function getBucketPolicyAction(call: S3Call): LocalResponse {
  authorize(call, 's3:GetBucketPolicy');
  const { policy } = getBucket(call.local, call.bucket);
  if (policy === null) throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: call.bucket });
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(policy) };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export function getBucketTaggingAction(call: S3Call): LocalResponse {
  authorize(call, 's3:GetBucketTagging');
  const tags = Object.entries(getBucket(call.local, call.bucket).tags);
  if (tags.length === 0) throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: call.bucket });
  return answer('Tagging', { TagSet: new XmlList(tags.map(([Key, Value]) => ({ Key, Value })), 'Tag') });
}

