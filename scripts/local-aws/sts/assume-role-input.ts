import { onlyParameters, queryList, queryText, queryTexts, type QueryValue } from '../query';
import type { LocalAws } from '../service';
import { readRoleSession, roleSessionParameters, verifyText, type RoleSessionInput } from './role-session-input';
import { readTags } from './session-tags';

/** What AssumeRole is given: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_RequestParameters */
export interface AssumeRoleInput extends RoleSessionInput {
  readonly externalId: string | null;
  readonly sourceIdentity: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
}

/** @throws AwsError ValidationError in STS's words, MalformedPolicyDocument; UnsupportedOperation for what is not modelled: a second factor, contexts */
export function readAssumeRole(local: LocalAws, parameters: QueryValue): AssumeRoleInput {
  onlyParameters('sts:AssumeRole', parameters, [...roleSessionParameters, 'ExternalId', 'SourceIdentity', 'Tags', 'TransitiveTagKeys']);
  const input = readRoleSession(local, parameters, (arn) => `${arn} is invalid`);
  const externalId = queryText(parameters, 'ExternalId') ?? null;
  if (externalId !== null) verifyText('externalId', externalId, 2, 1224, /^[\w+=,.@:/-]*$/);
  const sourceIdentity = queryText(parameters, 'SourceIdentity') ?? null;
  if (sourceIdentity !== null) verifyText('sourceIdentity', sourceIdentity, 2, 64, /^[\w+=,.@-]*$/);
  return { ...input, externalId, sourceIdentity, ...readTags(queryList(parameters, 'Tags'), queryTexts(parameters, 'TransitiveTagKeys')) };
}
