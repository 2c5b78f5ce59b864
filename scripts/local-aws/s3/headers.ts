import { AwsError, unsupported } from '../aws-error';
import type { BucketRecord } from './buckets';
import type { VerifiedBody } from './body';
import type { S3Call } from './call';
import { checksumHeader } from './checksums';
import type { ObjectVersion } from './objects';

/** Kept with the object and given back as they are. */
const kept = new Set(['cache-control', 'content-disposition', 'content-language', 'content-type', 'expires']);

/** Those of S3's that mean nothing more here: they were judged by the front, or by another room. */
const known = new Set([
  'acl', 'bucket-key-enabled', 'bucket-object-lock-enabled', 'checksum-algorithm', 'checksum-mode', 'checksum-type', 'content-sha256', 'copy-source', 'date',
  'decoded-content-length', 'expected-bucket-owner', 'mp-object-size', 'object-attributes', 'object-ownership', 'sdk-checksum-algorithm', 'security-token',
  'server-side-encryption', 'server-side-encryption-aws-kms-key-id', 'server-side-encryption-bucket-key-enabled', 'storage-class', 'trailer', 'user-agent',
].map((name) => `x-amz-${name}`));
const knownKinds = /^x-amz-(meta-.+|checksum-(crc32|crc32c|crc64nvme|sha1|sha256))$/;

/** @throws AwsError UnsupportedOperation for a header that asks for what is not modelled */
export function refuseUnknownHeaders({ request: { headers } }: S3Call): void {
  const unknown = Object.keys(headers).find((name) => name.startsWith('x-amz-') && !known.has(name) && !knownKinds.test(name));
  if (unknown !== undefined) throw unsupported(`the header ${unknown} of S3`);
  const storage = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (storage !== 'STANDARD') throw unsupported(`the storage class ${storage} of S3`);
  const acl = headers['x-amz-acl'] ?? 'private';
  if (acl !== 'private' && acl !== 'bucket-owner-full-control') throw new AwsError('AccessControlListNotSupported', 'The bucket does not allow ACLs');
}

/**
 * What of a request that stores an object is kept with it. The encryption is named, as a bucket's default is, and not done:
 * the state's folder is its owner's alone.
 */
export function keptHeaders({ request: { headers } }: S3Call, bucket: BucketRecord): Record<string, string> {
  const result: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const [name, value] of Object.entries(headers)) if (kept.has(name) || name.startsWith('x-amz-meta-')) result[name] = value;
  const encoding = (headers['content-encoding'] ?? '').split(',').map((each) => each.trim()).filter((each) => each !== '' && each !== 'aws-chunked');
  if (encoding.length > 0) result['content-encoding'] = encoding.join(',');
  return { ...result, ...encryptionHeaders(headers, bucket) };
}

/** What is kept of the checksum that came with a whole object. */
export function checksumHeaders(checksum: VerifiedBody['checksum']): Record<string, string> {
  return checksum === null ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/** Of GetObject and HeadObject. Checksums only for those who ask. */
export function versionHeaders({ request: { headers } }: S3Call, version: ObjectVersion): Record<string, string> {
  const checksums = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
  return {
    ...Object.fromEntries(Object.entries(version.headers).filter(([name]) => checksums || !name.startsWith('x-amz-checksum-'))),
    'accept-ranges': 'bytes',
    etag: version.etag,
    'last-modified': new Date(version.modified).toUTCString(),
    ...versionId(version),
  };
}

/** Of PutObject and CompleteMultipartUpload. */
export function storedHeaders(version: ObjectVersion): Record<string, string> {
  const told = Object.entries(version.headers).filter(([name]) => /^x-amz-(checksum|server-side-encryption)/.test(name));
  return { ...Object.fromEntries(told), etag: version.etag, ...versionId(version) };
}

function versionId({ id }: ObjectVersion): Record<string, string> {
  return id === 'null' ? {} : { 'x-amz-version-id': id };
}

function encryptionHeaders(headers: Readonly<Record<string, string>>, bucket: BucketRecord): Record<string, string> {
  const algorithm = headers['x-amz-server-side-encryption'] ?? bucket.encryption.algorithm;
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') throw unsupported(`the encryption ${algorithm} of S3`);
  const byDefault = headers['x-amz-server-side-encryption'] === undefined ? bucket.encryption : { keyId: null };
  const keyId = headers['x-amz-server-side-encryption-aws-kms-key-id'] ?? byDefault.keyId;
  const bucketKey = headers['x-amz-server-side-encryption-bucket-key-enabled'] ?? String('bucketKey' in byDefault && byDefault.bucketKey);
  return {
    'x-amz-server-side-encryption': algorithm,
    ...(keyId === null ? {} : { 'x-amz-server-side-encryption-aws-kms-key-id': keyId }),
    ...(algorithm === 'aws:kms' && bucketKey === 'true' ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
  };
}
