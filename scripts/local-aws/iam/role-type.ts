import { tagsProperty, textProperty, textsProperty } from '../properties';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { members, obeyedTags } from '../shape';
import { documentProperty, policiesProperty } from './policy-properties';
import { attachRolePolicy, deleteRolePolicy, detachRolePolicy, putRolePolicy, setBoundary, setMaxSessionDuration, setTrust, verifyTrust } from './role-policies';
import { createRole, deleteRole, findRole, getRole, roleName, roles, type Role } from './roles';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export const roleType: ResourceType = {
  name: 'AWS::IAM::Role',
  properties: {
    AssumeRolePolicyDocument: 'update',
    Description: 'update',
    ManagedPolicyArns: 'update',
    MaxSessionDuration: 'update',
    Path: 'replace',
    PermissionsBoundary: 'update',
    Policies: 'update',
    RoleName: 'replace',
    Tags: 'update',
  },
  shapes: { Policies: members('obeyed', 'PolicyDocument', 'PolicyName'), Tags: obeyedTags },
  tagging: { form: 'list', system: false },
  create: async (context, properties) => create(context, properties),
  update: async ({ local }, { physicalId }, before, after) => {
    const role = getRole(local, physicalId);
    apply(local, role, before, after);
    return stateOf(role);
  },
  delete: async ({ local }, { physicalId }, properties) => {
    const role = findRole(local, physicalId);
    if (role !== null) remove(local, role, properties);
  },
};

function create(context: ResourceContext, properties: JsonObject): ResourceState {
  const { local } = context;
  const trust = documentProperty(properties, 'AssumeRolePolicyDocument');
  verifyTrust(local, trust);
  const role = createRole(local, roleName(context, properties), textProperty(properties, 'Path') ?? '/', trust);
  try {
    apply(local, role, {}, properties);
  } catch (error) {
    // The handler takes back what it made, so that the name is free for another try.
    roles(local).delete(role.name.toLowerCase());
    throw error;
  }
  return stateOf(role);
}

/** Changes what differs. What others attached to the role stays. */
function apply(local: LocalAws, role: Role, before: JsonObject, after: JsonObject): void {
  const trust = documentProperty(after, 'AssumeRolePolicyDocument');
  if (JSON.stringify(trust) !== JSON.stringify(before['AssumeRolePolicyDocument'])) setTrust(local, role, trust);
  setMaxSessionDuration(role, after['MaxSessionDuration'] === undefined ? null : Number(after['MaxSessionDuration']));
  role.description = textProperty(after, 'Description') ?? '';
  setBoundary(local, role, textProperty(after, 'PermissionsBoundary'));
  const [managed, inline, tags] = [textsProperty(after, 'ManagedPolicyArns'), policiesProperty(after), tagsProperty(after)];
  for (const arn of managed) attachRolePolicy(local, role, arn);
  for (const arn of textsProperty(before, 'ManagedPolicyArns')) if (!managed.includes(arn)) detachRolePolicy(role, arn);
  for (const [name, document] of Object.entries(inline)) putRolePolicy(role, name, document);
  for (const name of Object.keys(policiesProperty(before))) if (!(name in inline)) deleteRolePolicy(role, name);
  role.tags = tags;
}

/** The handler takes away what the template gave; where others gave it more, IAM refuses. */
function remove(local: LocalAws, role: Role, properties: JsonObject): void {
  for (const arn of textsProperty(properties, 'ManagedPolicyArns')) detachRolePolicy(role, arn);
  for (const name of Object.keys(policiesProperty(properties))) deleteRolePolicy(role, name);
  deleteRole(local, role);
}

function stateOf({ name, arn, id }: Role): ResourceState {
  return { physicalId: name, attributes: { Arn: arn, RoleId: id } };
}
