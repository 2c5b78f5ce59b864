import { CfnOutput, type Stack } from 'aws-cdk-lib/core';
import { DeployRole, type BootstrapRole } from './deploy-role';
import { principalOf, type Trust } from './trust';

/** A role of a stack, and what its outputs say of it. */
export interface RoleInit {
  /** Of the construct. */
  readonly id: string;
  /** What the names of its outputs begin with; nothing where absent. */
  readonly outputs?: string;
  readonly trust: Trust;
  readonly providerArn: string;
  readonly description: string;
  readonly mayAssume: readonly BootstrapRole[];
  /** What a job needs to assume the role: lines of its workflow. */
  readonly jobLines: (roleArn: string) => readonly string[];
}

/** Adds a role with the outputs that a person copies from: its ARN, and the lines for the workflow. */
export function addRole(stack: Stack, { id, outputs = '', trust, providerArn, description, mayAssume, jobLines }: RoleInit): DeployRole {
  const deployRole = new DeployRole(stack, id, { assumedBy: principalOf(trust, providerArn), description, mayAssume });
  const { roleArn } = deployRole.role;
  const add = (name: string, value: string, what: string): CfnOutput => new CfnOutput(stack, `${outputs}${name}`, { value, description: what });
  add('RoleArn', roleArn, description);
  add('Job', jobLines(roleArn).join('\n'), 'What the job of the workflow needs');
  return deployRole;
}
