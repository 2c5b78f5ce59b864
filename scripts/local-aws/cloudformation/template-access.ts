import { AwsError } from '../aws-error';
import type { LocalAws, LocalRequest } from '../service';
import { actorOf, senderOf } from './actor';
import { refusalOfCall } from './handlers/authorize';

/**
 * A template in S3 is read as who sends the request, whatever the role of the stack.
 *
 * @throws AwsError ValidationError
 */
export function verifyMayRead(local: LocalAws, request: LocalRequest, bucket: string, key: string): void {
  const actor = actorOf(local, { roleArn: null, caller: senderOf(local, request) });
  const call = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` };
  if (actor === null || refusalOfCall({ local, region: request.region }, actor, call) === null) return;
  throw new AwsError('ValidationError', 'S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html');
}
