import type { TemplateDiff } from '@aws-cdk/cloudformation-diff';
import { pathsOf, withPaths } from './construct-paths';
import type { Template } from './template';

type IamChanges = TemplateDiff['iamChanges'];
type Statement = IamChanges['statements']['additions'][number];
type SecurityGroupRule = TemplateDiff['securityGroupChanges']['ingress']['additions'][number];

/**
 * What of `diff` broadens, by CDK's own rule: statements that allow and are new, statements that deny and are gone,
 * attached managed policies, grants of IAM Identity Center, and rules of security groups. One line each, sorted, every
 * one once. Construct paths, read from `templates`, stand where the logical ids were.
 */
export function broadeningLines({ iamChanges, securityGroupChanges }: TemplateDiff, templates: readonly Template[]): readonly string[] {
  const { statements, managedPolicies } = iamChanges;
  const lines = [
    ...statements.additions.filter((statement) => !statement.isNegativeStatement).map(statementLine),
    ...statements.removals.filter((statement) => statement.isNegativeStatement).map((statement) => `no longer: ${statementLine(statement)}`),
    ...managedPolicies.additions.map(({ identityArn, managedPolicyArn }) => `attach ${managedPolicyArn} to ${identityArn}`),
    ...identityCenterLines(iamChanges),
    ...securityGroupChanges.ingress.additions.map((rule) => ruleLine(rule, 'in from')),
    ...securityGroupChanges.egress.additions.map((rule) => ruleLine(rule, 'out to')),
  ];
  const paths = pathsOf(templates);
  return [...new Set(lines.map((line) => withPaths(oneLine(line), paths)))].toSorted();
}

function statementLine(statement: Statement): string {
  const { effect, action, resource, principal, condition } = statement.render();
  const what = effect === '' ? resource : `${effect} ${list(action)} on ${list(resource)}`;
  return [what, principal === '' ? '' : ` by ${list(principal)}`, condition === '' ? '' : ` if ${condition}`].join('');
}

function identityCenterLines({ ssoPermissionSets, ssoAssignments, ssoInstanceACAConfigs }: IamChanges): string[] {
  return [
    ...ssoPermissionSets.additions.map(({ name, cfnLogicalId }) => `IAM Identity Center: permission set ${name ?? '?'} (${cfnLogicalId ?? '?'})`),
    ...ssoAssignments.additions.map(
      ({ permissionSetArn, principalType, principalId, targetId }) =>
        `IAM Identity Center: ${permissionSetArn ?? '?'} for ${principalType ?? '?'} ${principalId ?? '?'} in ${targetId ?? '?'}`,
    ),
    ...ssoInstanceACAConfigs.additions.map(({ cfnLogicalId }) => `IAM Identity Center: attributes for access control (${cfnLogicalId ?? '?'})`),
  ];
}

function ruleLine(rule: SecurityGroupRule, direction: 'in from' | 'out to'): string {
  return `security group ${rule.groupId}: ${rule.describeProtocol()} ${direction} ${rule.describePeer()}`;
}

/** The library renders lists as lines of a table's cell. */
const list = (cell: string): string => cell.split('\n').join(', ');

/** A template's strings go to a terminal: no line break and no control character of theirs does. */
const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
