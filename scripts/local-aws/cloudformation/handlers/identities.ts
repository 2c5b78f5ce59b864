import { isDeepStrictEqual } from 'node:util';
import { managedPolicyName, policyArn } from '../../iam/managed-policies';
import { providerName } from '../../iam/oidc-providers';
import { policiesProperty } from '../../iam/policy-properties';
import { findRole, roleArn, roleName } from '../../iam/roles';
import { requiredText, textProperty, textsProperty } from '../../properties';
import type { JsonObject, ResourceContext } from '../../resource';
import { each, type HandlerCall, type HandlerTask, type Permissions, type PropertyActions } from './permissions';
import { requestTags, tagActions, type TagCalls } from './tags';

const service = ['Iam', 'iam', 403] as const;
const tagRole = ['TagRole', 'UntagRole'] as const;
const roleTags: TagCalls = { changes: { Tags: tagRole }, tagged: ['CreateRole'] };

/** What IAM refuses of a role that exists it calls by its name. */
function roleCall(task: HandlerTask, name: string, action: string, context: HandlerCall['context'] = {}): HandlerCall {
  const role = findRole(task.context.local, name);
  // Of what makes a role, or gives it another boundary, the key is the boundary that is given.
  const boundary = role === null || action === 'PutRolePermissionsBoundary' ? textProperty(task.properties, 'PermissionsBoundary') : role.permissionsBoundary;
  const call = { action: `iam:${action}`, resource: arnOfRole(task.context, name, task.properties), context: { 'iam:PermissionsBoundary': boundary ?? [], ...requestTags(roleTags, task, action), ...context } };
  return action === 'CreateRole' ? call : { ...call, called: `role ${name}` };
}

function arnOfRole({ local }: ResourceContext, name: string, properties: JsonObject): string {
  return findRole(local, name)?.arn ?? roleArn(local, textProperty(properties, 'Path') ?? '/', name);
}

/** What a resource shall be, and what it is: of one that is deleted nothing shall be. */
function compared({ operation, properties, before }: HandlerTask): { readonly wanted: JsonObject; readonly existing: JsonObject } {
  return operation === 'delete' ? { wanted: {}, existing: properties } : { wanted: properties, existing: before };
}

/** Attached and inline policies are given and taken away one by one. */
function rolePolicies(task: HandlerTask): readonly HandlerCall[] {
  const { id } = task;
  const { wanted, existing } = compared(task);
  const [managed, had] = [textsProperty(wanted, 'ManagedPolicyArns'), textsProperty(existing, 'ManagedPolicyArns')];
  const [inline, hadInline] = [policiesProperty(wanted), policiesProperty(existing)];
  return [
    ...managed.filter((arn) => !had.includes(arn)).map((arn) => roleCall(task, id, 'AttachRolePolicy', { 'iam:PolicyARN': arn })),
    ...had.filter((arn) => !managed.includes(arn)).map((arn) => roleCall(task, id, 'DetachRolePolicy', { 'iam:PolicyARN': arn })),
    ...(Object.entries(inline).some(([name, document]) => !isDeepStrictEqual(hadInline[name], document)) ? [roleCall(task, id, 'PutRolePolicy')] : []),
    ...(Object.keys(hadInline).some((name) => !(name in inline)) ? [roleCall(task, id, 'DeleteRolePolicy')] : []),
  ];
}

/** Of a role all calls are in `more`, since a boundary is a condition key of each. */
export const rolePermissions: Permissions = {
  service,
  name: roleName,
  resource: ({ context, id, properties }) => arnOfRole(context, id, properties),
  create: [],
  update: [],
  delete: [],
  more: (task) => [...roleActions(task).map((action) => roleCall(task, task.id, action)), ...rolePolicies(task)],
};

const roleChanges: PropertyActions = {
  AssumeRolePolicyDocument: ['UpdateAssumeRolePolicy'],
  ...each(['Description', 'MaxSessionDuration'], 'UpdateRole'),
  PermissionsBoundary: ['PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary'],
};

function roleActions(task: HandlerTask): readonly string[] {
  const { operation, properties, before } = task;
  const tagging = tagActions(task, tagRole);
  if (operation === 'create') return ['CreateRole', ...tagging, 'GetRole'];
  if (operation === 'delete') return ['GetRole', 'DeleteRole'];
  const differing = Object.entries(roleChanges).filter(([name]) => !isDeepStrictEqual(properties[name], before[name]));
  return ['GetRole', ...differing.map(([name, [set, unset = set]]) => (properties[name] === undefined ? unset : set)), ...tagging];
}

/** A policy of its own for each of the roles. */
export const policyPermissions: Permissions = {
  service,
  resource: () => '*',
  create: [],
  update: [],
  delete: [],
  more(task) {
    const { wanted, existing } = compared(task);
    const [roles, had] = [textsProperty(wanted, 'Roles'), textsProperty(existing, 'Roles')];
    const call = (name: string, action: string): HandlerCall => roleCall({ ...task, properties: {} }, name, action);
    const renamed = textProperty(existing, 'PolicyName') !== textProperty(wanted, 'PolicyName');
    return [
      ...(task.operation === 'create' ? roles.map((name) => call(name, 'GetRolePolicy')) : []),
      ...roles.map((name) => call(name, 'PutRolePolicy')),
      ...had.filter((name) => renamed || !roles.includes(name)).map((name) => call(name, 'DeleteRolePolicy')),
    ];
  },
};

export const managedPolicyPermissions: Permissions = {
  service,
  name: (context, properties) => policyArn(context.local, textProperty(properties, 'Path') ?? '/', managedPolicyName(context, properties)),
  resource: ({ id }) => id,
  create: ['CreatePolicy'],
  update: ['GetPolicy'],
  delete: ['GetPolicy', 'ListPolicyVersions', 'DeletePolicy'],
  changes: { PolicyDocument: ['CreatePolicyVersion'] },
  more(task) {
    const { id } = task;
    const { wanted, existing } = compared(task);
    const [roles, had] = [textsProperty(wanted, 'Roles'), textsProperty(existing, 'Roles')];
    const call = (name: string, action: string): HandlerCall => roleCall({ ...task, properties: {} }, name, action, { 'iam:PolicyARN': id });
    return [...roles.filter((name) => !had.includes(name)).map((name) => call(name, 'AttachRolePolicy')), ...had.filter((name) => !roles.includes(name)).map((name) => call(name, 'DetachRolePolicy'))];
  },
};

export const oidcProviderPermissions: Permissions = {
  service,
  name: ({ local }, properties) => `arn:aws:iam::${local.account}:oidc-provider/${providerName({ url: requiredText(properties, 'Url').replace(/\/$/, '') })}`,
  resource: ({ id }) => id,
  create: ['CreateOpenIDConnectProvider', 'GetOpenIDConnectProvider'],
  update: ['GetOpenIDConnectProvider'],
  delete: ['DeleteOpenIDConnectProvider'],
  properties: { Tags: ['TagOpenIDConnectProvider', 'UntagOpenIDConnectProvider'] },
  tagged: ['CreateOpenIDConnectProvider'],
  changes: { ...each(['ClientIdList'], 'AddClientIDToOpenIDConnectProvider', 'RemoveClientIDFromOpenIDConnectProvider'), ThumbprintList: ['UpdateOpenIDConnectProviderThumbprint'] },
};
