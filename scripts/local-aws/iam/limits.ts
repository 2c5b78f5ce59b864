import { AwsError } from '../aws-error';
import type { Json } from '../resource';

/** @throws AwsError ValidationError where IAM would not take it as a name */
export function verifyName(member: string, name: string, longest: number): void {
  const broken = name.length < 1 || name.length > longest ? `Member must have length less than or equal to ${longest}` : 'The specified value is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-';
  if (name.length > longest || !/^[\w+=,.@-]+$/.test(name)) {
    throw new AwsError('ValidationError', `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: ${broken}`);
  }
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
