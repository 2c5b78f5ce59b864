import { AwsError } from '../aws-error';

/** What CloudFormation says of a template that is not made as it should be. */
export function formatError(what: string): AwsError {
  return new AwsError('ValidationError', `Template format error: ${what}`);
}

/** What it says of a template whose functions cannot be run. */
export function templateError(what: string): AwsError {
  return new AwsError('ValidationError', `Template error: ${what}`);
}
