import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import { buckets, getBucket } from './buckets';
import { objectsOf } from './objects';
import { abortUpload, uploads } from './uploads';

/** @throws AwsError NoSuchBucket, BucketNotEmpty */
export function deleteBucket(local: LocalAws, name: string): void {
  const { versioning } = getBucket(local, name);
  if (objectsOf(local, name).length > 0) {
    const versions = versioning === null ? '' : '. You must delete all versions in the bucket.';
    throw new AwsError('BucketNotEmpty', `The bucket you tried to delete is not empty${versions}`, 409, { BucketName: name });
  }
  for (const upload of uploads(local).values()) if (upload.bucket === name) abortUpload(local, upload);
  buckets(local).delete(name);
}
