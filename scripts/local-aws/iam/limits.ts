import { AwsError, constraintBroken } from '../aws-error';
import type { Json } from '../resource';

/**
 * @param member `roleName`
 * @param longest characters
 * @throws AwsError ValidationError where IAM would not take it as a name
 */
export function verifyName(member: string, name: string, longest: number): void {
  if (name === '') throw new AwsError('ValidationError', constraintBroken(member, name, 'have length greater than or equal to 1'));
  if (name.length > longest) throw new AwsError('ValidationError', constraintBroken(member, name, `have length less than or equal to ${longest}`));
  if (!/^[\w+=,.@-]+$/.test(name)) throw new AwsError('ValidationError', `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`);
}

/**
 * IAM does not count white space.
 *
 * @param most characters
 * @throws AwsError LimitExceeded
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function verifySize(quota: string, documents: Json, most: number): void {
  if (JSON.stringify(documents).length > most) throw exceeded(quota, most);
}

/** @throws AwsError LimitExceeded */
export function verifyCount(quota: string, count: number, most: number): void {
  if (count > most) throw exceeded(quota, most);
}

function exceeded(quota: string, most: number): AwsError {
  return new AwsError('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`, 409);
}
