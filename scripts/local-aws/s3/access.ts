import { AwsError } from '../aws-error';
import { deniedByResource, refusalOf, refusalSentence } from '../iam/authorize';
import { findSession } from '../sts/sessions';
import { bucketDecides, judgeByBucket } from './bucket-policy';
import type { S3Call } from './call';

type Context = Readonly<Record<string, string | readonly string[]>>;

/**
 * Judges a call by the caller's policies and by the bucket's, of which within one account either may allow and each may deny.
 *
 * @param context condition keys of this action; an empty list says that the request lacks the key
 * @throws AwsError AccessDenied
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-s3-evaluates-access-control.html
 */
export function authorize(call: S3Call, action: string, context: Context = {}): void {
  const { local, request } = call;
  const { caller, region } = request;
  const resource = resourceOf(call);
  const given = { ...requestContext(call), ...context };
  const session = findSession(local, caller.accessKeyId);
  const byBucket = session === null ? 'implicit-deny' : judgeByBucket(local, session, { region }, { action, resource, context: given });
  if (byBucket === 'deny') throw new AwsError('AccessDenied', refusalSentence(caller, action, `"${resource}"`, deniedByResource), 403);
  try {
    request.authorize(action, resource, given);
  } catch (error) {
    if (byBucket !== 'allow' || session === null || !bucketDecides(local, session, refusalOf(local, session, { region }, action, resource, given))) throw error;
  }
  const owner = request.headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== local.account) throw new AwsError('AccessDenied', 'Access Denied', 403);
}

/** Whoever may not list a bucket is not told that it lacks a key. */
export function authorizeMissing(call: S3Call): void {
  authorize({ ...call, key: '' }, 's3:ListBucket', { 's3:prefix': call.key, 's3:delimiter': [], 's3:max-keys': [] });
}

function resourceOf({ bucket, key }: S3Call): string {
  if (bucket === '') return '*';
  return key === '' ? `arn:aws:s3:::${bucket}` : `arn:aws:s3:::${bucket}/${key}`;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys */
function requestContext({ request: { headers }, query }: S3Call): Context {
  const given = (name: string): string | readonly string[] => headers[name] ?? [];
  return {
    's3:authType': 'REST-HEADER',
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    // As for aws:SecureTransport: 127.0.0.1 stands for AWS's endpoints.
    's3:TlsVersion': '1.3',
    's3:x-amz-content-sha256': given('x-amz-content-sha256'),
    's3:x-amz-acl': given('x-amz-acl'),
    's3:x-amz-server-side-encryption': given('x-amz-server-side-encryption'),
    's3:x-amz-server-side-encryption-aws-kms-key-id': given('x-amz-server-side-encryption-aws-kms-key-id'),
    's3:x-amz-storage-class': given('x-amz-storage-class'),
    's3:VersionId': query.get('versionId') ?? [],
  };
}
