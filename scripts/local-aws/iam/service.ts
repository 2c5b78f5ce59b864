import { unsupported } from '../aws-error';
import { onlyParameters, parseQuery, queryRequired, queryText, type QueryValue } from '../query';
import { queryAnswer } from '../query-answer';
import type { LocalAws, LocalRequest, Service } from '../service';
import type { XmlObject, XmlValue } from '../xml';
import { attachmentCount, boundaryCount, createManagedPolicy, getManagedPolicy, policyArn, type ManagedPolicy } from './managed-policies';
import { parseDocument } from './policy-properties';
import { findRole, getRole, roleArn, roles, roleTagContext, type Role } from './roles';

/** The parameters that it reads, and what it answers. */
type Action = readonly [parameters: readonly string[], act: (local: LocalAws, request: LocalRequest, parameters: QueryValue) => XmlObject];

const wholeList = { IsTruncated: false };

/** By name. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GetRole', [['RoleName'], (local, request, parameters) => ({ Role: describeRole(allowedRole(local, request, 'iam:GetRole', parameters)) })]],
  ['ListRoles', [['PathPrefix'], listRoles]],
  ['ListAttachedRolePolicies', [['RoleName'], listAttachedRolePolicies]],
  ['ListRolePolicies', [['RoleName'], (local, request, parameters) => ({ PolicyNames: Object.keys(allowedRole(local, request, 'iam:ListRolePolicies', parameters).inlinePolicies), ...wholeList })]],
  ['ListRoleTags', [['RoleName'], (local, request, parameters) => ({ Tags: tagList(allowedRole(local, request, 'iam:ListRoleTags', parameters).tags), ...wholeList })]],
  ['ListAccountAliases', [[], listAccountAliases]],
  ['GetPolicy', [['PolicyArn'], getPolicy]],
  ['CreatePolicy', [['PolicyName', 'Path', 'Description', 'PolicyDocument'], createPolicy]],
]);

/** What CDK and whoever looks at a deployment ask of IAM. @see https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function iamService(local: LocalAws): Service {
  return {
    signingName: 'iam',
    protocol: 'query-xml',
    async handle(request) {
      const { action, parameters } = parseQuery(request.body);
      const [known, act] = actions.get(action) ?? [];
      if (known === undefined || act === undefined) throw unsupported(`iam:${action}`);
      onlyParameters(`iam:${action}`, parameters, known);
      return queryAnswer(action, 'https://iam.amazonaws.com/doc/2010-05-08/', act(local, request, parameters));
    },
  };
}

/** The role that the request names. Whether it exists is told only to who may know. */
function allowedRole(local: LocalAws, request: LocalRequest, action: string, parameters: QueryValue): Role {
  const name = queryRequired(parameters, 'RoleName');
  const role = findRole(local, name);
  request.authorize(action, role?.arn ?? roleArn(local, '/', name), roleTagContext(role));
  return getRole(local, name);
}

function listRoles(local: LocalAws, request: LocalRequest, parameters: QueryValue): XmlObject {
  const prefix = queryText(parameters, 'PathPrefix') ?? '/';
  request.authorize('iam:ListRoles', roleArn(local, prefix, ''));
  return { Roles: [...roles(local).values()].filter(({ path }) => path.startsWith(prefix)).map((role) => describeRole(role)), ...wholeList };
}

/** It has none: nothing that is served here gives it one. */
function listAccountAliases(_local: LocalAws, request: LocalRequest): XmlObject {
  request.authorize('iam:ListAccountAliases', '*');
  return { AccountAliases: [], ...wholeList };
}

function listAttachedRolePolicies(local: LocalAws, request: LocalRequest, parameters: QueryValue): XmlObject {
  const { attachedPolicies } = allowedRole(local, request, 'iam:ListAttachedRolePolicies', parameters);
  return { AttachedPolicies: attachedPolicies.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn })), ...wholeList };
}

function getPolicy(local: LocalAws, request: LocalRequest, parameters: QueryValue): XmlObject {
  const arn = queryRequired(parameters, 'PolicyArn');
  request.authorize('iam:GetPolicy', arn);
  return { Policy: describePolicy(local, getManagedPolicy(local, arn)) };
}

function createPolicy(local: LocalAws, request: LocalRequest, parameters: QueryValue): XmlObject {
  const name = queryRequired(parameters, 'PolicyName');
  const path = queryText(parameters, 'Path') ?? '/';
  request.authorize('iam:CreatePolicy', policyArn(local, path, name));
  const document = parseDocument(queryRequired(parameters, 'PolicyDocument'));
  return { Policy: describePolicy(local, createManagedPolicy(local, { name, path, description: queryText(parameters, 'Description') ?? '', document })) };
}

function describeRole(role: Role): XmlValue {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    // IAM answers policies percent-encoded.
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    Description: role.description === '' ? undefined : role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: role.permissionsBoundary === null ? undefined : { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.permissionsBoundary },
    Tags: Object.keys(role.tags).length === 0 ? undefined : tagList(role.tags),
    RoleLastUsed: null,
  };
}

function tagList(tags: Readonly<Record<string, string>>): XmlValue {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function describePolicy(local: LocalAws, policy: ManagedPolicy): XmlValue {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.version,
    AttachmentCount: attachmentCount(local, policy.arn),
    PermissionsBoundaryUsageCount: boundaryCount(local, policy.arn),
    IsAttachable: true,
    Description: policy.description === '' ? undefined : policy.description,
    CreateDate: policy.created,
    UpdateDate: policy.updated,
  };
}
