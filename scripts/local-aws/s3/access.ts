import { AwsError, unsupported } from '../aws-error';
import { deniedByResource, refusalOf, refusalSentence } from '../iam/authorize';
import { callerContext, roleOfSession } from '../iam/caller-context';
import { evaluate, type Decision } from '../iam/evaluate';
import { findRoleByArn } from '../iam/roles';
import { findSession } from '../sts/sessions';
import { buckets } from './buckets';
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
  const resource = resourceOf(call);
  const given = { ...requestContext(call), ...context };
  const byBucket = judgeByBucket(call, action, resource, given);
  if (byBucket === 'deny') throw new AwsError('AccessDenied', refusalSentence(call.request.caller, action, `"${resource}"`, deniedByResource), 403);
  try {
    call.request.authorize(action, resource, given);
  } catch (error) {
    if (byBucket !== 'allow' || !isSilent(call, action, resource, given)) throw error;
  }
  const owner = call.request.headers['x-amz-expected-bucket-owner'];
  if (owner !== undefined && owner !== call.local.account) throw new AwsError('AccessDenied', 'Access Denied', 403);
}

/** Whoever may not list a bucket is not told that it lacks a key. */
export function authorizeMissing(call: S3Call): void {
  authorize({ ...call, key: '' }, 's3:ListBucket', { 's3:prefix': call.key, 's3:delimiter': [], 's3:max-keys': [] });
}

function judgeByBucket({ local, request, bucket }: S3Call, action: string, resource: string, given: Context): Decision {
  const policy = buckets(local).get(bucket)?.policy ?? null;
  const session = policy === null ? null : findSession(local, request.caller.accessKeyId);
  if (policy === null || session === null) return 'implicit-deny';
  const { account, arn } = request.caller;
  const context = { ...callerContext(local, session, { region: request.region }, action), ...given };
  return evaluate([policy], { action, resource, context, principal: { kind: 'AWS', account, arns: [arn, roleOfSession(arn)] } });
}

/** Whether the caller's own policies neither allow nor deny, so that the bucket's decides. */
function isSilent({ local, request }: S3Call, action: string, resource: string, given: Context): boolean {
  const session = findSession(local, request.caller.accessKeyId);
  const role = session === null || session.roleArn === null ? null : findRoleByArn(local, session.roleArn);
  if (session === null || role === null) return false;
  if (refusalOf(local, session, { region: request.region }, action, resource, given)?.decision !== 'implicit-deny') return false;
  if (session.policy !== null || session.policyArns.length > 0 || role.permissionsBoundary !== null) {
    throw unsupported('a bucket policy that allows what a permissions boundary or a session policy may limit');
  }
  return true;
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
