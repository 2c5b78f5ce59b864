import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { checksumHeader, checksumOf, type ChecksumAlgorithm } from './checksums';
import { readBytes, removeBytes, writeBytes } from './files';
import { putObject, type ObjectVersion } from './objects';

/** A part that was uploaded. */
export interface PartRecord {
  readonly file: string;
  readonly size: number;
  /** In quotes. */
  readonly etag: string;
  /** In base64, of the upload's algorithm. */
  readonly checksum: string | null;
}

/** An upload in parts that is neither complete nor given up. */
export interface UploadRecord {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly algorithm: ChecksumAlgorithm | null;
  /** By part number. */
  readonly parts: Record<string, PartRecord>;
}

/** A part as the caller names it to complete the upload. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksum: string | null;
}

/** Bytes of every part but the last. */
const smallestPart = 5 * 1024 * 1024;

/** By upload id. */
export function uploads(local: LocalAws): Table<UploadRecord> {
  return local.store.table<UploadRecord>('s3-uploads');
}

/** Begins an upload that has no part yet. */
export function createUpload(local: LocalAws, upload: Pick<UploadRecord, 'bucket' | 'key' | 'headers' | 'algorithm'>): UploadRecord {
  const record = { ...upload, id: randomBytes(48).toString('base64url'), parts: {} };
  uploads(local).set(record.id, record);
  return record;
}

/** @throws AwsError NoSuchUpload */
export function getUpload(local: LocalAws, bucket: string, key: string, id: string): UploadRecord {
  const upload = uploads(local).get(id);
  if (upload?.bucket === bucket && upload.key === key) return upload;
  throw new AwsError('NoSuchUpload', 'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.', 404, { UploadId: id });
}

/** Keeps a part; one that has its number already is replaced. */
export function putPart(local: LocalAws, upload: UploadRecord, number: number, body: Buffer): PartRecord {
  const before = upload.parts[number];
  const part: PartRecord = {
    file: writeBytes(local, body),
    size: body.length,
    etag: `"${createHash('md5').update(body).digest('hex')}"`,
    checksum: upload.algorithm === null ? null : checksumOf(upload.algorithm, body),
  };
  upload.parts[number] = part;
  if (before !== undefined) removeBytes(local, [before.file]);
  return part;
}

/**
 * Makes an object of the parts that are named. Its ETag and its checksum are those of the parts', as S3 has it.
 *
 * @throws AwsError InvalidPart, InvalidPartOrder, EntityTooSmall
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function completeUpload(local: LocalAws, upload: UploadRecord, named: readonly NamedPart[]): ObjectVersion {
  const parts = partsNamed(upload, named);
  const etags = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex')));
  const etag = `"${createHash('md5').update(etags).digest('hex')}-${parts.length}"`;
  const body = Buffer.concat(parts.map(({ file }) => readBytes(local, file)));
  const version = putObject(local, upload.bucket, upload.key, body, { ...upload.headers, ...checksumOfParts(upload, parts) }, etag);
  abortUpload(local, upload);
  return version;
}

/** Forgets an upload and the bytes of its parts. */
export function abortUpload(local: LocalAws, upload: UploadRecord): void {
  uploads(local).delete(upload.id);
  removeBytes(local, Object.values(upload.parts).map(({ file }) => file));
}

function partsNamed(upload: UploadRecord, named: readonly NamedPart[]): PartRecord[] {
  if (named.some(({ number }, index) => index > 0 && number <= (named[index - 1]?.number ?? 0))) {
    throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.', 400, { UploadId: upload.id });
  }
  const parts = named.map(({ number, etag, checksum }) => {
    const part = upload.parts[number];
    if (part === undefined || part.etag !== `"${etag.replaceAll('"', '')}"` || (checksum !== null && checksum !== part.checksum)) {
      throw new AwsError('InvalidPart', "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", 400, {
        UploadId: upload.id, PartNumber: number, ETag: etag.replaceAll('"', ''),
      });
    }
    return part;
  });
  verifySizes(parts, named);
  return parts;
}

/** The last part may be of any size. */
function verifySizes(parts: readonly PartRecord[], named: readonly NamedPart[]): void {
  const index = parts.slice(0, -1).findIndex(({ size }) => size < smallestPart);
  const [part, name] = [parts[index], named[index]];
  if (part === undefined || name === undefined) return;
  throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
    ProposedSize: part.size, MinSizeAllowed: smallestPart, PartNumber: name.number, ETag: part.etag.slice(1, -1),
  });
}

function checksumOfParts({ algorithm }: UploadRecord, parts: readonly PartRecord[]): Record<string, string> {
  if (algorithm === null) return {};
  const all = Buffer.concat(parts.map(({ checksum }) => Buffer.from(checksum ?? '', 'base64')));
  return { [checksumHeader(algorithm)]: `${checksumOf(algorithm, all)}-${parts.length}`, 'x-amz-checksum-type': 'COMPOSITE' };
}
