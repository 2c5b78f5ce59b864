import { AwsError } from '../aws-error';
import { serviceCanAssume } from '../iam/trust';
import { queryText, type QueryValue } from '../query';
import type { LocalAws, LocalRequest } from '../service';

/**
 * The role as which CloudFormation is asked to act: the one given, which the caller must be allowed to pass on, else the
 * one that the stack has.
 *
 * @param own of the stack
 * @throws AwsError AccessDenied, ValidationError
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export function serviceRole(local: LocalAws, request: LocalRequest, parameters: QueryValue, own: string | null): string | null {
  const given = queryText(parameters, 'RoleARN') ?? null;
  const role = given ?? own;
  if (given !== null) request.authorize('iam:PassRole', given, { 'iam:PassedToService': 'cloudformation.amazonaws.com' });
  if (role !== null && !serviceCanAssume(local, role, 'cloudformation.amazonaws.com')) throw new AwsError('ValidationError', `Role ${role} is invalid or cannot be assumed`);
  return role;
}
