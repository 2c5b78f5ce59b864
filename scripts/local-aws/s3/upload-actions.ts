import { AwsError, unsupported } from '../aws-error';
import type { LocalResponse } from '../service';
import { authorize } from './access';
import { readBody } from './body';
import { getBucket } from './buckets';
import { answer, empty, header, type S3Call } from './call';
import { checksumHeader, isChecksumAlgorithm, type ChecksumAlgorithm } from './checksums';
import { keptHeaders, storedHeaders } from './headers';
import { currentVersion } from './objects';
import { verifyWritable } from './preconditions';
import { abortUpload, completeUpload, createUpload, getUpload, putPart, type NamedPart, type UploadRecord } from './uploads';
import { childrenOf, malformedXml, readXml, textOf } from './xml-reader';

const mostParts = 10_000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export function createMultipartUploadAction(call: S3Call): LocalResponse {
  const { local, bucket, key } = call;
  authorize(call, 's3:PutObject');
  const record = getBucket(local, bucket);
  const algorithm = algorithmOf(call);
  const upload = createUpload(local, { bucket, key, headers: keptHeaders(call, record), algorithm });
  const told = Object.entries(upload.headers).filter(([name]) => name.startsWith('x-amz-server-side-encryption'));
  const headers = { ...Object.fromEntries(told), ...(algorithm === null ? {} : { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': 'COMPOSITE' }) };
  return answer('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: upload.id }, headers);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export function uploadPartAction(call: S3Call): LocalResponse {
  if (header(call, 'x-amz-copy-source') !== null) throw unsupported('s3:UploadPartCopy');
  const number = Number(call.query.get('partNumber'));
  authorize(call, 's3:PutObject');
  const upload = uploadOf(call);
  if (!isPartNumber(number)) throw new AwsError('InvalidArgument', `Part number must be an integer between 1 and ${mostParts}, inclusive`, 400, { ArgumentName: 'partNumber', ArgumentValue: call.query.get('partNumber') ?? '' });
  const { bytes, checksum } = readBody(call);
  if (checksum !== null && upload.algorithm !== null && checksum.algorithm !== upload.algorithm) {
    throw new AwsError('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm.toLowerCase()}, actual checksum Type: ${checksum.algorithm.toLowerCase()}`);
  }
  const part = putPart(call.local, upload, number, bytes);
  return empty(200, { etag: part.etag, ...(checksum === null ? {} : { [checksumHeader(checksum.algorithm)]: checksum.value }) });
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export function completeMultipartUploadAction(call: S3Call): LocalResponse {
  const { bucket, key, request } = call;
  authorize(call, 's3:PutObject');
  const upload = uploadOf(call);
  verifyWritable(call, currentVersion(call.local, bucket, key));
  // A checksum header here would be that of the whole object, and not of this body.
  const parts = childrenOf(readXml(request.body, 'CompleteMultipartUpload'), 'Part').map((part): NamedPart => {
    const number = Number(textOf(part, 'PartNumber') ?? Number.NaN);
    const etag = textOf(part, 'ETag');
    if (!isPartNumber(number) || etag === null) throw malformedXml();
    const checksum = part.children.find(({ name }) => name.startsWith('Checksum'));
    return { number, etag, checksum: checksum?.text ?? null };
  });
  if (parts.length === 0) throw malformedXml();
  const version = completeUpload(call.local, upload, parts);
  const { etag, ...headers } = storedHeaders(version);
  const checksum = upload.algorithm === null ? {} : { [`Checksum${upload.algorithm}`]: version.headers[checksumHeader(upload.algorithm)], ChecksumType: 'COMPOSITE' };
  const location = `${call.local.origin()}${request.url.pathname}`;
  return answer('CompleteMultipartUploadResult', { Location: location, Bucket: bucket, Key: key, ETag: etag, ...checksum }, headers);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export function abortMultipartUploadAction(call: S3Call): LocalResponse {
  authorize(call, 's3:AbortMultipartUpload');
  abortUpload(call.local, uploadOf(call));
  return empty(204);
}

function uploadOf({ local, bucket, key, query }: S3Call): UploadRecord {
  getBucket(local, bucket);
  return getUpload(local, bucket, key, query.get('uploadId') ?? '');
}

function algorithmOf(call: S3Call): ChecksumAlgorithm | null {
  const name = header(call, 'x-amz-checksum-algorithm')?.toUpperCase();
  if (name === undefined) return null;
  if (!isChecksumAlgorithm(name)) throw new AwsError('InvalidRequest', 'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]');
  if (name === 'CRC64NVME' || header(call, 'x-amz-checksum-type')?.toUpperCase() === 'FULL_OBJECT') throw unsupported('checksums of whole objects that are uploaded in parts');
  return name;
}

function isPartNumber(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= mostParts;
}
