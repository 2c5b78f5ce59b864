import { AwsError } from '../aws-error';
import type { S3Call } from './call';
import type { ObjectVersion } from './objects';

/**
 * Judges the conditions of a read.
 *
 * @returns whether the caller has the object already: 304
 * @throws AwsError PreconditionFailed
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function isNotModified({ request: { headers } }: S3Call, { etag, modified }: ObjectVersion): boolean {
  const time = Date.parse(modified);
  const { 'if-match': match, 'if-none-match': noneMatch, 'if-modified-since': since, 'if-unmodified-since': until } = headers;
  if (match !== undefined ? !names(match, etag) : until !== undefined && time > Date.parse(until)) throw preconditionFailed(match === undefined ? 'If-Unmodified-Since' : 'If-Match');
  return noneMatch !== undefined ? names(noneMatch, etag) : since !== undefined && time <= Date.parse(since);
}

/**
 * Judges the conditions of a write.
 *
 * @throws AwsError PreconditionFailed, NoSuchKey
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function verifyWritable({ key, request: { headers } }: S3Call, current: ObjectVersion | null): void {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (noneMatch !== undefined && noneMatch !== '*') {
    const additionalMessage = "We don't accept the provided value of If-None-Match header for this API";
    throw new AwsError('NotImplemented', 'A header you provided implies functionality that is not implemented', 501, { Header: 'If-None-Match', additionalMessage });
  }
  if (noneMatch === '*' && current !== null) throw preconditionFailed('If-None-Match');
  if (match === undefined) return;
  if (current === null) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
  if (!names(match, current.etag)) throw preconditionFailed('If-Match');
}

function names(header: string, etag: string): boolean {
  return header.split(',').some((each) => each.trim() === '*' || quoted(each.trim()) === etag);
}

function quoted(etag: string): string {
  return `"${etag.replaceAll('"', '')}"`;
}

function preconditionFailed(Condition: string): AwsError {
  return new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, { Condition });
}
