import { unsupported } from '../aws-error';
import type { LocalResponse } from '../service';
import { authorize, authorizeMissing } from './access';
import { readBody } from './body';
import { getBucket } from './buckets';
import { empty, header, type S3Call } from './call';
import { checksumHeaders, keptHeaders, storedHeaders, versionHeaders } from './headers';
import { currentVersion, deleteObject, deleteVersion, getVersion, putObject, readVersion, type ObjectVersion } from './objects';
import { isNotModified, verifyWritable } from './preconditions';
import { readRange, type ByteRange } from './range';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export function putObjectAction(call: S3Call): LocalResponse {
  const { local, bucket, key } = call;
  if (header(call, 'x-amz-copy-source') !== null) throw unsupported('s3:CopyObject');
  authorize(call, 's3:PutObject');
  const record = getBucket(local, bucket);
  const body = readBody(call);
  verifyWritable(call, currentVersion(local, bucket, key));
  const version = putObject(local, bucket, key, body.bytes, { ...keptHeaders(call, record), ...checksumHeaders(body.checksum) });
  return empty(200, storedHeaders(version));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObjectAction(call: S3Call): LocalResponse {
  const version = findVersion(call);
  if (isNotModified(call, version)) return notModified(version);
  const { range, ...head } = headOf(call, version);
  const body = readVersion(call.local, version);
  if (range === null) return { ...head, body };
  // A checksum is that of the whole.
  const headers = Object.fromEntries(Object.entries(head.headers).filter(([name]) => !name.startsWith('x-amz-checksum-')));
  return { ...head, headers, body: body.subarray(range.first, range.last + 1) };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export function headObjectAction(call: S3Call): LocalResponse {
  const version = findVersion(call);
  if (isNotModified(call, version)) return notModified(version);
  const { status, headers } = headOf(call, version);
  return empty(status, headers);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObjectAction(call: S3Call): LocalResponse {
  const { local, bucket, key, query } = call;
  const id = query.get('versionId');
  authorize(call, id === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion');
  getBucket(local, bucket);
  const version = id === null ? deleteObject(local, bucket, key) : deleteVersion(local, bucket, key, id);
  const marker = version !== null && version.file === null;
  return empty(204, { ...(version === null ? {} : { 'x-amz-version-id': version.id }), ...(marker ? { 'x-amz-delete-marker': 'true' } : {}) });
}

/** Status and headers of an answer, and which of its bytes were asked for: null for all. */
function headOf(call: S3Call, version: ObjectVersion): Omit<LocalResponse, 'body'> & { readonly range: ByteRange | null } {
  const { size } = version;
  const headers = versionHeaders(call, version);
  const range = readRange(call.request.headers['range'], size);
  if (range === null) return { status: 200, headers: { ...headers, 'content-length': String(size) }, range };
  const { first, last } = range;
  return { status: 206, headers: { ...headers, 'content-length': String(last - first + 1), 'content-range': `bytes ${first}-${last}/${size}` }, range };
}

function findVersion(call: S3Call): ObjectVersion {
  const { local, bucket, key, query } = call;
  const override = [...query.keys()].find((name) => name.startsWith('response-') || name === 'partNumber');
  if (override !== undefined) throw unsupported(`the parameter ${override} of s3:GetObject`);
  const id = query.get('versionId');
  authorize(call, id === null ? 's3:GetObject' : 's3:GetObjectVersion');
  getBucket(local, bucket);
  if (id === null && currentVersion(local, bucket, key) === null) authorizeMissing(call);
  return getVersion(local, bucket, key, id);
}

function notModified(version: ObjectVersion): LocalResponse {
  return empty(304, { etag: version.etag, 'last-modified': new Date(version.modified).toUTCString() });
}
