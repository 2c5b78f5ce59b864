import { AwsError } from '../aws-error';
import type { LocalResponse } from '../service';
import { flatList, type XmlValue } from '../xml';
import { authorize } from './access';
import { readBody } from './body';
import { getBucket } from './buckets';
import { answer, type S3Call } from './call';
import { removeBytes } from './files';
import { deleteObject, deleteVersion, type FileRemover } from './objects';
import { childrenOf, malformedXml, readXml, textOf } from './xml-reader';

/** Keys of one request. */
const mostKeys = 1000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export function deleteObjectsAction(call: S3Call): LocalResponse {
  getBucket(call.local, call.bucket);
  const body = readBody(call);
  if (!body.verified) throw new AwsError('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const request = readXml(body.bytes, 'Delete');
  const named = childrenOf(request, 'Object').map((object) => ({ key: textOf(object, 'Key') ?? '', id: textOf(object, 'VersionId') }));
  if (named.length === 0 || named.length > mostKeys || named.some(({ key }) => key === '')) throw malformedXml();
  const files: string[] = [];
  const results = named.map(({ key, id }) => deleteOne({ ...call, key }, id, (gone) => void files.push(...gone)));
  removeBytes(call.local, files);
  const quiet = textOf(request, 'Quiet') === 'true';
  return answer('DeleteResult', {
    Deleted: flatList(quiet ? [] : results.flatMap(({ deleted }) => (deleted === null ? [] : [deleted]))),
    Error: flatList(results.flatMap(({ error }) => (error === null ? [] : [error]))),
  });
}

/** A key that may not be deleted is an entry of the answer, and the others go. */
function deleteOne(call: S3Call, id: string | null, remove: FileRemover): { readonly deleted: XmlValue | null; readonly error: XmlValue | null } {
  const { local, bucket, key } = call;
  const VersionId = id ?? undefined;
  try {
    authorize(call, id === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion', { 's3:VersionId': id ?? [] });
    const version = id === null ? deleteObject(local, bucket, key, remove) : deleteVersion(local, bucket, key, id, remove);
    const marker = version === null || version.file !== null ? {} : { DeleteMarker: true, DeleteMarkerVersionId: version.id };
    return { deleted: { Key: key, VersionId, ...marker }, error: null };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'AccessDenied') throw error;
    return { deleted: null, error: { Key: key, VersionId, Code: error.code, Message: error.message } };
  }
}
