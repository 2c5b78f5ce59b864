import { AwsError } from '../aws-error';
import type { LocalResponse } from '../service';
import { flatList } from '../xml';
import { answer, type S3Call } from './call';
import { isAfter, listInput, listPage, type ListPage } from './listing';
import { currentVersion, objectsOf, type ObjectVersion } from './objects';

interface Entry {
  readonly key: string;
  readonly version: ObjectVersion;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2Action(call: S3Call): LocalResponse {
  const { local, bucket, query } = call;
  const input = listInput(call, 's3:ListBucket');
  const [token, startAfter] = [query.get('continuation-token'), query.get('start-after')];
  const follows = token === null ? (key: string) => startAfter === null || isAfter(key, startAfter) : fromToken(token);
  const present = objectsOf(local, bucket).flatMap(({ key }): Entry[] => {
    const version = currentVersion(local, bucket, key);
    return version === null || !follows(key) ? [] : [{ key, version }];
  });
  const page = listPage(present, input);
  const { encoded } = input;
  return answer('ListBucketResult', {
    Name: bucket,
    Prefix: encoded(input.prefix),
    Delimiter: input.delimiter === '' ? undefined : encoded(input.delimiter),
    MaxKeys: input.maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
    KeyCount: page.entries.length + page.prefixes.length,
    IsTruncated: page.last !== null,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: page.last === null ? undefined : toToken(page.last),
    StartAfter: startAfter === null ? undefined : encoded(startAfter),
    Contents: flatList(
      page.entries.map(({ key, version }) => ({
        Key: encoded(key),
        LastModified: version.modified,
        ETag: version.etag,
        Size: version.size,
        StorageClass: 'STANDARD',
        Owner: query.get('fetch-owner') === 'true' ? { ID: local.account } : undefined,
      })),
    ),
    CommonPrefixes: flatList(page.prefixes.map((prefix) => ({ Prefix: encoded(prefix) }))),
  });
}

/** A token is opaque to its holder. It says whether a key or a common prefix came last, whose keys are then all done. */
function toToken(last: NonNullable<ListPage<Entry>['last']>): string {
  return Buffer.from('prefix' in last ? `p${last.prefix}` : `k${last.entry.key}`).toString('base64');
}

function fromToken(token: string): (key: string) => boolean {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (!/^[pk]/.test(text) || Buffer.from(text).toString('base64') !== token) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', 400, { ArgumentName: 'continuation-token' });
  }
  const last = text.slice(1);
  return (key) => isAfter(key, last) && !(text.startsWith('p') && key.startsWith(last));
}
