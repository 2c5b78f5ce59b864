import { AwsError } from '../aws-error';
import { physicalName } from '../physical-name';
import { requiredText, textProperty, textsProperty } from '../properties';
import type { JsonObject, ResourceState, ResourceType } from '../resource';
import type { LocalAws } from '../service';
import { attachmentCount, boundaryCount, changeManagedPolicy, createManagedPolicy, customerPolicies, deleteManagedPolicy, getManagedPolicy, managedPolicyName } from './managed-policies';
import { documentProperty } from './policy-properties';
import { attachRolePolicy, deleteRolePolicy, detachRolePolicy, putRolePolicy } from './role-policies';
import { findRole, getRole } from './roles';

/** Groups and Users are in no list: the local AWS has neither, so a template with them is refused. */
export const policyTypes: readonly ResourceType[] = [
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
  {
    name: 'AWS::IAM::Policy',
    properties: { PolicyDocument: 'update', PolicyName: 'update', Roles: 'update' },
    create: async ({ local, stackName, logicalId }, properties) => {
      putInline(local, properties);
      const id = physicalName({ stackName: stackName.slice(0, 5), logicalId: logicalId.slice(0, 5) }, 64);
      return { physicalId: id, attributes: { Id: id } };
    },
    update: async ({ local }, current, before, after) => {
      putInline(local, after);
      removeInline(local, before, after);
      return current;
    },
    delete: async ({ local }, _current, properties) => removeInline(local, properties, {}),
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
  {
    name: 'AWS::IAM::ManagedPolicy',
    properties: { Description: 'replace', ManagedPolicyName: 'replace', Path: 'replace', PolicyDocument: 'update', Roles: 'update' },
    create: async (context, properties) => {
      const { local } = context;
      const attachTo = textsProperty(properties, 'Roles').map((name) => getRole(local, name));
      const { arn } = createManagedPolicy(local, {
        name: managedPolicyName(context, properties),
        path: textProperty(properties, 'Path') ?? '/',
        description: textProperty(properties, 'Description') ?? '',
        document: documentProperty(properties, 'PolicyDocument'),
      });
      for (const role of attachTo) attachRolePolicy(local, role, arn);
      return stateOf(local, arn);
    },
    update: async ({ local }, { physicalId }, before, after) => {
      const document = documentProperty(after, 'PolicyDocument');
      if (JSON.stringify(document) !== JSON.stringify(documentProperty(before, 'PolicyDocument'))) changeManagedPolicy(local, physicalId, document);
      for (const name of textsProperty(after, 'Roles')) attachRolePolicy(local, getRole(local, name), physicalId);
      detach(local, physicalId, textsProperty(before, 'Roles').filter((name) => !textsProperty(after, 'Roles').includes(name)));
      return stateOf(local, physicalId);
    },
    delete: async ({ local }, { physicalId }, properties) => {
      if (!customerPolicies(local).has(physicalId)) return;
      detach(local, physicalId, textsProperty(properties, 'Roles'));
      deleteManagedPolicy(local, physicalId);
    },
  },
];

function putInline(local: LocalAws, properties: JsonObject): void {
  const name = requiredText(properties, 'PolicyName');
  const document = documentProperty(properties, 'PolicyDocument');
  const targets = textsProperty(properties, 'Roles').map((role) => getRole(local, role));
  if (targets.length === 0) throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
  for (const role of targets) putRolePolicy(role, name, document);
}

/** Takes the policy of `before` from the roles that do not have it by `after`. */
function removeInline(local: LocalAws, before: JsonObject, after: JsonObject): void {
  const name = requiredText(before, 'PolicyName');
  const kept = textProperty(after, 'PolicyName') === name ? textsProperty(after, 'Roles') : [];
  for (const roleName of textsProperty(before, 'Roles')) {
    const role = findRole(local, roleName);
    if (role !== null && !kept.includes(roleName)) deleteRolePolicy(role, name);
  }
}

function detach(local: LocalAws, arn: string, names: readonly string[]): void {
  for (const name of names) {
    const role = findRole(local, name);
    if (role !== null) detachRolePolicy(role, arn);
  }
}

function stateOf(local: LocalAws, arn: string): ResourceState {
  const { id, created, updated, version } = getManagedPolicy(local, arn);
  return {
    physicalId: arn,
    attributes: {
      AttachmentCount: attachmentCount(local, arn),
      CreateDate: created,
      DefaultVersionId: version,
      IsAttachable: true,
      PermissionsBoundaryUsageCount: boundaryCount(local, arn),
      PolicyArn: arn,
      PolicyId: id,
      UpdateDate: updated,
    },
  };
}
