import { AwsError } from '../aws-error';
import type { PolicyDocument } from '../iam/policy-document';
import { physicalName, type NameOf } from '../physical-name';
import { textProperty } from '../properties';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** A bucket, without its objects. */
export interface BucketRecord {
  readonly name: string;
  readonly region: string;
  /** ISO 8601. */
  readonly created: string;
  versioning: 'Enabled' | 'Suspended' | null;
  /** What its objects are said to be encrypted with where their sender says nothing. */
  encryption: { readonly algorithm: string; readonly keyId: string | null; readonly bucketKey?: boolean };
  policy: PolicyDocument | null;
  tags: Readonly<Record<string, string>>;
}

/** What S3 has since 2023 where nothing else is said. */
export const defaultEncryption: BucketRecord['encryption'] = { algorithm: 'AES256', keyId: null };

/** The name of a bucket that a stack makes. */
export const bucketName: NameOf = (context, properties) => textProperty(properties, 'BucketName') ?? physicalName(context, 63).toLowerCase();

/** By name, which is one for all regions. */
export function buckets(local: LocalAws): Table<BucketRecord> {
  return local.store.table<BucketRecord>('s3-buckets');
}

/** @throws AwsError NoSuchBucket */
export function getBucket(local: LocalAws, name: string): BucketRecord {
  const bucket = buckets(local).get(name);
  if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
  return bucket;
}

/**
 * @throws AwsError InvalidBucketName, BucketAlreadyOwnedByYou
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function createBucket(local: LocalAws, name: string, region: string): BucketRecord {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..') || /^\d+\.\d+\.\d+\.\d+$/.test(name)) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  }
  if (buckets(local).has(name)) {
    throw new AwsError('BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded and you already own it.', 409, { BucketName: name });
  }
  const bucket: BucketRecord = { name, region, created: new Date().toISOString(), versioning: null, encryption: defaultEncryption, policy: null, tags: {} };
  buckets(local).set(name, bucket);
  return bucket;
}
