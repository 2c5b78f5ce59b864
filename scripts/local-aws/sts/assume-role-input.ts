import { AwsError, unsupported } from '../aws-error';
import { findManagedPolicy } from '../iam/managed-policies';
import { verifyIdentityPolicy, type PolicyDocument } from '../iam/policy-document';
import { parseDocument } from '../iam/properties';
import { queryList, queryRequired, queryText, queryTexts, type QueryValue } from '../query';
import type { LocalAws } from '../service';
import { readTags } from './session-tags';

export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly externalId: string | null;
  readonly sourceIdentity: string | null;
  readonly policy: PolicyDocument | null;
  readonly policyArns: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

/** @throws AwsError ValidationError in STS's words, MalformedPolicyDocument */
export function readAssumeRole(local: LocalAws, parameters: QueryValue): AssumeRoleInput {
  if (queryList(parameters, 'ProvidedContexts').length > 0) throw unsupported('ProvidedContexts of sts:AssumeRole');
  const roleArn = queryRequired(parameters, 'RoleArn');
  verifyText('roleArn', roleArn, 20, 2048, /^[\P{Cc}\t\n\r]+$/u);
  if (!/^arn:aws:iam::\d{12}:role\/.+$/.test(roleArn)) throw new AwsError('ValidationError', `${roleArn} is invalid`);
  const sessionName = queryRequired(parameters, 'RoleSessionName');
  verifyText('roleSessionName', sessionName, 2, 64, /^[\w+=,.@-]*$/);
  const externalId = queryText(parameters, 'ExternalId') ?? null;
  if (externalId !== null) verifyText('externalId', externalId, 2, 1224, /^[\w+=,.@:/-]*$/);
  const sourceIdentity = queryText(parameters, 'SourceIdentity') ?? null;
  if (sourceIdentity !== null) verifyText('sourceIdentity', sourceIdentity, 2, 64, /^[\w+=,.@-]*$/);
  const { tags, transitiveTagKeys } = readTags(queryList(parameters, 'Tags'), queryTexts(parameters, 'TransitiveTagKeys'));
  return {
    roleArn,
    sessionName,
    seconds: readSeconds(queryText(parameters, 'DurationSeconds')),
    externalId,
    sourceIdentity,
    policy: readPolicy(queryText(parameters, 'Policy')),
    policyArns: queryList(parameters, 'PolicyArns').map((each) => findManagedPolicy(local, queryRequired(each, 'arn')).arn),
    tags,
    transitiveTagKeys,
  };
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return 3600;
  const seconds = Number(text);
  if (!Number.isInteger(seconds)) throw new AwsError('MalformedInput', 'Invalid Argument');
  if (seconds < 900) throw broken('durationSeconds', text, 'Member must have value greater than or equal to 900');
  if (seconds > 43_200) throw broken('durationSeconds', text, 'Member must have value less than or equal to 43200');
  return seconds;
}

function readPolicy(text: string | undefined): PolicyDocument | null {
  if (text === undefined) return null;
  verifyText('policy', text, 1, 2048, /^[\t\n\r\u0020-\u00FF]+$/);
  const policy = parseDocument(text);
  verifyIdentityPolicy(policy);
  return policy;
}

function verifyText(member: string, text: string, shortest: number, longest: number, pattern: RegExp): void {
  if (text.length < shortest) throw broken(member, text, `Member must have length greater than or equal to ${shortest}`);
  if (text.length > longest) throw broken(member, text, `Member must have length less than or equal to ${longest}`);
  if (!pattern.test(text)) throw broken(member, text, `Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, '')}`);
}

function broken(member: string, text: string, constraint: string): AwsError {
  return new AwsError('ValidationError', `1 validation error detected: Value '${text}' at '${member}' failed to satisfy constraint: ${constraint}`);
}
