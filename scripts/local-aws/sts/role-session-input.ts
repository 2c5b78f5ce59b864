import { AwsError, constraintBroken } from '../aws-error';
import { getManagedPolicy } from '../iam/managed-policies';
import { verifyIdentityPolicy, type PolicyDocument } from '../iam/policy-document';
import { parseDocument } from '../iam/policy-properties';
import { queryList, queryRequired, queryText, type QueryValue } from '../query';
import type { LocalAws } from '../service';

/** What each of STS's AssumeRole calls is given. */
export interface RoleSessionInput {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly policy: PolicyDocument | null;
  readonly policyArns: readonly string[];
}

/** Those that {@link readRoleSession} reads. */
export const roleSessionParameters = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'PolicyArns'] as const;

/**
 * @param badArn what STS says of an ARN that is none of a role, which differs from call to call
 * @throws AwsError ValidationError in STS's words, MalformedPolicyDocument
 */
export function readRoleSession(local: LocalAws, parameters: QueryValue, badArn: (arn: string) => string): RoleSessionInput {
  const roleArn = queryRequired(parameters, 'RoleArn');
  verifyText('roleArn', roleArn, 20, 2048, /^[\P{Cc}\t\n\r]+$/u);
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) throw new AwsError('ValidationError', badArn(roleArn));
  const sessionName = queryRequired(parameters, 'RoleSessionName');
  verifyText('roleSessionName', sessionName, 2, 64, /^[\w+=,.@-]*$/);
  return {
    roleArn,
    sessionName,
    seconds: readSeconds(queryText(parameters, 'DurationSeconds')),
    policy: readPolicy(queryText(parameters, 'Policy')),
    policyArns: queryList(parameters, 'PolicyArns').map((each) => getManagedPolicy(local, queryRequired(each, 'arn')).arn),
  };
}

/** @throws AwsError ValidationError, which says the text */
export function verifyText(member: string, text: string, shortest: number, longest: number, pattern: RegExp): void {
  if (text.length < shortest) throw broken(member, text, `have length greater than or equal to ${shortest}`);
  if (text.length > longest) throw broken(member, text, `have length less than or equal to ${longest}`);
  if (!pattern.test(text)) throw broken(member, text, `satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`);
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return 3600;
  const seconds = Number(text);
  if (!Number.isInteger(seconds)) throw new AwsError('MalformedInput', 'Invalid Argument');
  if (seconds < 900) throw broken('durationSeconds', text, 'have value greater than or equal to 900');
  if (seconds > 43_200) throw broken('durationSeconds', text, 'have value less than or equal to 43200');
  return seconds;
}

function readPolicy(text: string | undefined): PolicyDocument | null {
  if (text === undefined) return null;
  verifyText('policy', text, 1, 2048, /^[\t\n\r\u0020-\u00FF]+$/);
  const policy = parseDocument(text);
  verifyIdentityPolicy(policy);
  return policy;
}

function broken(member: string, text: string, constraint: string): AwsError {
  return new AwsError('ValidationError', constraintBroken(member, text, constraint));
}
