import { AwsError } from '../aws-error';

/** What IAM says of a policy that it cannot read. */
export function malformed(message = 'Syntax errors in policy.'): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
