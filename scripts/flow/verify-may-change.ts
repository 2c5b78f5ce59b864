import type { AssemblyStack } from '../assembly/assembly';
import { assumeBootstrapRoleWith } from '../checks/assume-bootstrap-role';
import { inCi } from '../ci/in-ci';
import { clientConfig } from '../credentials/connection/aws-client';
import { told } from '../credentials/connection/call-log';
import { isDenied } from '../credentials/refusals/is-denied';
import { Failure } from '../failures/failure';
import { roleArn } from '../plan/role-arn';
import { npmRun } from './same-command';
import type { Run } from './run';
import type { Session } from './session';

/** Whether CloudFormation refuses these credentials without the role: CDK goes on with them where it may not assume that. */
async function isRefusedItself({ found: { aws }, proof: { credentials } }: Session, stackName: string, region: string): Promise<boolean> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('../plan/cloudformation-client');
  const client = told(new CloudFormationClient({ ...await clientConfig(aws, 'cloudformation', region), credentials }), 'cloudformation');
  try {
    await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return false;
  } catch (error) {
    return isDenied(error);
  } finally {
    client.destroy();
  }
}

function mayNot({ surroundings }: Run, { proof }: Session, stack: AssemblyStack, role: string): Failure {
  const reads = inCi(surroundings.environment) ? `\nWhat a role for pull requests may: ${npmRun('diff', '--method template')}` : '';
  return new Failure({
    code: 'ACCESS_DENIED',
    message: `${proof.identity.arn} may not change the stack ${stack.id}: it may not assume ${role}, and CloudFormation refuses it as itself.`,
    fix: `Use credentials that may, or allow these sts:AssumeRole on that role.${reads}`,
  });
}

/**
 * Verifies that these credentials may change `stacks`, through the roles that deploy them or as themselves: CDK would find
 * it out half-way. Stacks of other accounts are left to the check `account`.
 *
 * @throws Failure ACCESS_DENIED
 */
export async function verifyMayChange(run: Run, session: Session, stacks: readonly AssemblyStack[]): Promise<void> {
  const { proof: { identity: { account, partition }, credentials }, found: { aws }, region } = session;
  const assume = assumeBootstrapRoleWith(credentials, aws, region.value);
  await Promise.all(stacks.map(async (stack) => {
    if (stack.deployRoleArn === null || (stack.account ?? account) !== account) return;
    const place = { partition, account, region: stack.region ?? region.value };
    const role = roleArn(stack.deployRoleArn, place);
    if ((await assume(role)).kind === 'refused' && await isRefusedItself(session, stack.name, place.region)) throw mayNot(run, session, stack, role);
  }));
}
