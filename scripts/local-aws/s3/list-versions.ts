import { AwsError } from '../aws-error';
import type { LocalAws, LocalResponse } from '../service';
import { flatList } from '../xml';
import { answer, type S3Call } from './call';
import { isAfter, listInput, listPage } from './listing';
import { objectsOf, type ObjectVersion } from './objects';

interface Entry {
  readonly key: string;
  readonly version: ObjectVersion;
  readonly latest: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersionsAction(call: S3Call): LocalResponse {
  const { local, bucket, query } = call;
  const input = listInput(call, 's3:ListBucketVersions');
  const [keyMarker, versionMarker] = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''];
  if (versionMarker !== '' && keyMarker === '') throw new AwsError('InvalidArgument', 'A version-id marker cannot be specified without a key marker.', 400, { ArgumentName: 'version-id-marker', ArgumentValue: versionMarker });
  const { encoded, delimiter } = input;
  const after = following(entriesOf(local, bucket), keyMarker, versionMarker);
  const inPrefix = delimiter !== '' && keyMarker.endsWith(delimiter) && versionMarker === '';
  const { entries, prefixes, last } = listPage(inPrefix ? after.filter(({ key }) => !key.startsWith(keyMarker)) : after, input);
  const describe = ({ key, version, latest }: Entry) => ({
    Key: encoded(key),
    VersionId: version.id,
    IsLatest: latest,
    LastModified: version.modified,
    ...(version.file === null ? {} : { ETag: version.etag, Size: version.size, StorageClass: 'STANDARD' }),
    Owner: { ID: local.account },
  });
  return answer('ListVersionsResult', {
    Name: bucket,
    Prefix: encoded(input.prefix),
    KeyMarker: encoded(keyMarker),
    VersionIdMarker: versionMarker,
    Delimiter: delimiter === '' ? undefined : encoded(delimiter),
    MaxKeys: input.maxKeys,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: last !== null,
    NextKeyMarker: last === null ? undefined : encoded('prefix' in last ? last.prefix : last.entry.key),
    NextVersionIdMarker: last === null || 'prefix' in last ? undefined : last.entry.version.id,
    Version: flatList(entries.filter(({ version }) => version.file !== null).map(describe)),
    DeleteMarker: flatList(entries.filter(({ version }) => version.file === null).map(describe)),
    CommonPrefixes: flatList(prefixes.map((prefix) => ({ Prefix: encoded(prefix) }))),
  });
}

/** By key, and the newest version of a key first. */
function entriesOf(local: LocalAws, bucket: string): Entry[] {
  return objectsOf(local, bucket).flatMap(({ key, versions }) => versions.toReversed().map((version, index) => ({ key, version, latest: index === 0 })));
}

function following(entries: readonly Entry[], keyMarker: string, versionMarker: string): readonly Entry[] {
  if (keyMarker === '') return entries;
  const at = versionMarker === '' ? -1 : entries.findIndex(({ key, version }) => key === keyMarker && version.id === versionMarker);
  return at === -1 ? entries.filter(({ key }) => isAfter(key, keyMarker)) : entries.slice(at + 1);
}
