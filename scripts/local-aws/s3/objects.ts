import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import type { Table } from '../store';
import { getBucket } from './buckets';
import { readBytes, removeBytes, writeBytes } from './files';

/** One version of an object. */
export interface ObjectVersion {
  /** `null` where the bucket kept no versions. */
  readonly id: string;
  /** Below the folder of objects; null for a delete marker. */
  readonly file: string | null;
  readonly size: number;
  /** In quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly modified: string;
  /** Headers that GetObject gives back: content-type, x-amz-meta-…, checksums. */
  readonly headers: Readonly<Record<string, string>>;
}

/** All versions of one key; there is at least one. */
export interface ObjectRecord {
  readonly bucket: string;
  readonly key: string;
  /** The oldest first. */
  readonly versions: ObjectVersion[];
}

/** By `bucket/key`. */
export function objects(local: LocalAws): Table<ObjectRecord> {
  return local.store.table<ObjectRecord>('s3-objects');
}

/** The records of a bucket in the order of their keys' UTF-8 bytes. */
export function objectsOf(local: LocalAws, bucket: string): ObjectRecord[] {
  return [...objects(local).values()].filter((record) => record.bucket === bucket).toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
}

/** The current version; null where there is none or it is a delete marker. */
export function currentVersion(local: LocalAws, bucket: string, key: string): ObjectVersion | null {
  const version = objects(local).get(`${bucket}/${key}`)?.versions.at(-1);
  return version === undefined || version.file === null ? null : version;
}

/** @throws AwsError NoSuchBucket, NoSuchKey, NoSuchVersion */
export function getVersion(local: LocalAws, bucket: string, key: string, id: string | null = null): ObjectVersion {
  getBucket(local, bucket);
  if (id === null) {
    const version = currentVersion(local, bucket, key);
    if (version === null) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
    return version;
  }
  const version = objects(local).get(`${bucket}/${key}`)?.versions.find((each) => each.id === id);
  if (version === undefined) throw new AwsError('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: id });
  if (version.file === null) throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, { Method: 'GET', ResourceType: 'DeleteMarker' });
  return version;
}

/** @throws AwsError NoSuchBucket, NoSuchKey */
export function readObject(local: LocalAws, bucket: string, key: string): Buffer {
  return readVersion(local, getVersion(local, bucket, key));
}

/** @throws AwsError NoSuchKey for a delete marker */
export function readVersion(local: LocalAws, version: ObjectVersion): Buffer {
  if (version.file === null) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return readBytes(local, version.file);
}

/** Keeps an object whole or not at all: its file is there before the state names it. */
export function putObject(local: LocalAws, bucket: string, key: string, body: Buffer, headers: Readonly<Record<string, string>>, etag = `"${createHash('md5').update(body).digest('hex')}"`): ObjectVersion {
  const { versioning } = getBucket(local, bucket);
  const file = writeBytes(local, body);
  const id = versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
  const version: ObjectVersion = { id, file, size: body.length, etag, modified: wholeSecond(), headers };
  removeBytes(local, addVersion(local, bucket, key, version));
  return version;
}

/** What becomes of files that the state names no more: those who delete many remove them together. */
export type FileRemover = (files: readonly string[]) => void;

/** DeleteObject: a delete marker where the bucket keeps versions. Gives the marker. */
export function deleteObject(local: LocalAws, bucket: string, key: string, remove: FileRemover = (files) => removeBytes(local, files)): ObjectVersion | null {
  const { versioning } = getBucket(local, bucket);
  const record = objects(local).get(`${bucket}/${key}`);
  if (versioning === null) {
    if (record !== undefined) remove(dropVersions(local, record, () => true));
    return null;
  }
  const id = versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
  const marker: ObjectVersion = { id, file: null, size: 0, etag: '', modified: wholeSecond(), headers: {} };
  remove(addVersion(local, bucket, key, marker));
  return marker;
}

/** Forgets one version for good. Gives what it was. */
export function deleteVersion(local: LocalAws, bucket: string, key: string, id: string, remove: FileRemover = (files) => removeBytes(local, files)): ObjectVersion | null {
  getBucket(local, bucket);
  const record = objects(local).get(`${bucket}/${key}`);
  const version = record?.versions.find((each) => each.id === id);
  if (record === undefined || version === undefined) return null;
  remove(dropVersions(local, record, (each) => each === version));
  return version;
}

/** S3 keeps no fraction of a second. */
function wholeSecond(): string {
  return `${new Date().toISOString().slice(0, 19)}.000Z`;
}

/** Gives the files of what it replaces. */
function addVersion(local: LocalAws, bucket: string, key: string, version: ObjectVersion): readonly string[] {
  const record = objects(local).get(`${bucket}/${key}`) ?? { bucket, key, versions: [] };
  objects(local).set(`${bucket}/${key}`, record);
  record.versions.push(version);
  return version.id === 'null' ? dropVersions(local, record, (each) => each.id === 'null' && each !== version) : [];
}

/** Gives the files of what it drops. */
function dropVersions(local: LocalAws, record: ObjectRecord, which: (version: ObjectVersion) => boolean): readonly string[] {
  const gone = record.versions.filter(which);
  const kept = record.versions.filter((version) => !which(version));
  record.versions.splice(0, Number.POSITIVE_INFINITY, ...kept);
  if (kept.length === 0) objects(local).delete(`${record.bucket}/${record.key}`);
  return gone.flatMap(({ file }) => file ?? []);
}
