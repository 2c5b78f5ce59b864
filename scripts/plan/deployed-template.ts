import type { AssemblyStack } from '../assembly/assembly';
import type { StackPlace } from '../assembly/stack-place';
import { isDenied } from '../credentials/refusals/is-denied';
import type { PlanClients } from './clients';
import { readTemplate, type DeployedTemplate } from './read-template';
import { roleArn } from './role-arn';

/** What the plan needs of a stack to find it. */
export type StackAddress = Pick<AssemblyStack, 'name' | 'lookupRoleArn' | 'deployRoleArn'>;

/**
 * Reads the template that `stack` is deployed with: with the credentials of the run, and where those may only assume
 * CDK's bootstrap roles, as they should, with the lookup role or else the deploy role.
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 *
 * Never throws: a plan that cannot tell says so.
 */
export async function deployedTemplate(stack: StackAddress, place: StackPlace, clients: PlanClients): Promise<DeployedTemplate> {
  const roles = [...new Set([stack.lookupRoleArn, stack.deployRoleArn])].filter((arn) => arn !== null).map((arn) => roleArn(arn, place));
  for (const role of [null, ...roles]) {
    try {
      return await readAs(role, stack.name, place.region, clients);
    } catch (error) {
      if (!isDenied(error)) return { kind: 'unknown', why: `AWS ${didInstead(error)} to the question what is deployed` };
    }
  }
  return { kind: 'unknown', why: ['these credentials may not read what is deployed', ...roles.map((role) => `nor may they as ${role}`)].join(', ') };
}

/** An error of Node's own was made on this side of the wire: nobody has answered. */
function didInstead(error: unknown): string {
  if (!(error instanceof Error)) return 'answered an unknown error';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' || error.name === 'TimeoutError' ? `did not answer (${code ?? error.name})` : `answered ${error.name}`;
}

async function readAs(role: string | null, stackName: string, region: string, clients: PlanClients): Promise<DeployedTemplate> {
  const credentials = role === null ? undefined : await clients.assumeRole(role, region);
  const client = await clients.cloudFormation(region, credentials);
  try {
    return await readTemplate(stackName, client);
  } finally {
    client.destroy();
  }
}
