import { unsupported } from '../aws-error';
import type { LocalResponse } from '../service';
import {
  createBucketAction, deleteBucketAction, getBucketEncryptionAction, getBucketLocationAction, getBucketPolicyAction, getBucketTaggingAction,
  getBucketVersioningAction, headBucketAction, listBucketsAction,
} from './bucket-actions';
import type { S3Call } from './call';
import { deleteObjectsAction } from './delete-objects';
import { listObjectsV2Action } from './list-objects';
import { listObjectVersionsAction } from './list-versions';
import { deleteObjectAction, getObjectAction, headObjectAction, putObjectAction } from './object-actions';
import { abortMultipartUploadAction, completeMultipartUploadAction, createMultipartUploadAction, uploadPartAction } from './upload-actions';

type Action = (call: S3Call) => LocalResponse;

/** By method, what the address names, and the parameter that tells the action from others. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GET service', listBucketsAction],
  ['PUT bucket', createBucketAction],
  ['DELETE bucket', deleteBucketAction],
  ['HEAD bucket', headBucketAction],
  ['GET bucket?list-type', listObjectsV2Action],
  ['GET bucket?versions', listObjectVersionsAction],
  ['GET bucket?location', getBucketLocationAction],
  ['GET bucket?encryption', getBucketEncryptionAction],
  ['GET bucket?versioning', getBucketVersioningAction],
  ['GET bucket?policy', getBucketPolicyAction],
  ['GET bucket?tagging', getBucketTaggingAction],
  ['POST bucket?delete', deleteObjectsAction],
  ['PUT object', putObjectAction],
  ['GET object', getObjectAction],
  ['HEAD object', headObjectAction],
  ['DELETE object', deleteObjectAction],
  ['POST object?uploads', createMultipartUploadAction],
  ['PUT object?uploadId', uploadPartAction],
  ['POST object?uploadId', completeMultipartUploadAction],
  ['DELETE object?uploadId', abortMultipartUploadAction],
]);

/** Parameters that an action reads, so that they do not tell which one it is. `x-id` is the SDK's, for its logs. */
const details = new Set([
  'x-id', 'prefix', 'delimiter', 'max-keys', 'encoding-type', 'continuation-token', 'start-after', 'fetch-owner', 'key-marker', 'version-id-marker',
  'versionId', 'partNumber',
]);

/** @throws AwsError UnsupportedOperation for an action that is not modelled */
export function actionOf(call: S3Call): Action {
  const scope = call.bucket === '' ? 'service' : call.key === '' ? 'bucket' : 'object';
  const telling = [...call.query.keys()].filter((name) => !details.has(name) && !name.startsWith('response-'));
  const name = `${call.request.method} ${scope}${telling.length === 0 ? '' : `?${telling.toSorted().join('&')}`}`;
  const action = actions.get(name);
  if (action === undefined) throw unsupported(`${call.query.get('x-id') ?? name} of S3`);
  return action;
}
