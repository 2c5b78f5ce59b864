import type * as CloudFormation from '@aws-sdk/client-cloudformation';
import type { Assembly, AssemblyStack } from '../assembly/assembly';
import type { StackPlace } from '../assembly/stack-place';
import { commandsBesideCredentials, pluginsOf } from '../cdk/plugins';
import { clientConfig } from '../credentials/connection/aws-client';
import type { AwsVariables } from '../credentials/connection/aws-variables';
import { told } from '../credentials/connection/call-log';
import { sessionOfBootstrapRole } from '../credentials/sessions/bootstrap-role';
import { planChanges, type PlannedStack } from '../plan/plan-changes';
import type { PlanClients } from '../plan/clients';
import { planRemovals } from '../plan/plan-removals';
import { planLines, type PlanLine } from '../terminal/plan-text';
import type { Session } from './session';
import { environmentOf } from './environment-of';
import type { Run } from './run';
import { sayWithheldOptions } from './withheld-options';

function clients({ proof: { credentials }, found: { aws } }: Session, sdk: Pick<typeof CloudFormation, 'CloudFormationClient'>): PlanClients {
  return {
    cloudFormation: async (region, others) => told(new sdk.CloudFormationClient({ ...await clientConfig(aws, 'cloudformation', region), credentials: others ?? credentials }), 'cloudformation'),
    assumeRole: (roleArn, region) => sessionOfBootstrapRole(roleArn, 'plan', credentials, aws, region),
  };
}

/** Compares with what AWS has. AWS is only read. */
async function compared<Planned>({ screen }: Run, session: Session, compare: (place: StackPlace, clients: PlanClients) => Promise<Planned>): Promise<Planned> {
  const { identity } = session.proof;
  return screen.busy('Comparing with what is deployed', async () => {
    const sdk = await import('../plan/cloudformation-client');
    return compare({ partition: identity.partition, account: identity.account, region: session.region.value }, clients(session, sdk));
  });
}

/** What a deploy would change, stack by stack. */
export function changesOf(run: Run, session: Session, stacks: readonly AssemblyStack[]): Promise<readonly PlannedStack[]> {
  return compared(run, session, (place, reading) => planChanges(stacks, place, reading));
}

/** What a destroy would take away, stack by stack. */
export function removalsOf(run: Run, session: Session, stacks: readonly AssemblyStack[]): Promise<readonly PlanLine[]> {
  return compared(run, session, (place, reading) => planRemovals(stacks, place, reading));
}

/** Every endpoint that is not AWS's own, of whichever service. */
function endpointsOf(aws: AwsVariables): string | null {
  const urls = Object.entries(aws).flatMap(([name, url]) => (name.startsWith('AWS_ENDPOINT_URL') ? [url] : []));
  return urls.length === 0 ? null : [...new Set(urls)].join(', ');
}

/** Step 7: says what is about to happen, to whom and where. No empty line follows it. */
export async function showPlan(run: Run, session: Session, assembly: Assembly | null, stacks: readonly PlanLine[]): Promise<void> {
  const { found, proof, region } = session;
  const lines = planLines({
    command: run.options.command,
    environment: environmentOf(run, session)?.name ?? null,
    source: found.title,
    identity: proof.identity.arn,
    account: proof.identity.account,
    accountAlias: await session.accountAlias ?? null,
    region: `${region.value} (${region.source})`,
    endpoint: endpointsOf(found.aws),
    expiration: proof.credentials.expiration ?? null,
    kind: proof.kind,
    now: new Date(),
    stacks,
    commands: commandsBesideCredentials(pluginsOf(run.surroundings.projectDirectory), assembly?.assetCommands ?? []),
    verbose: run.options.verbose,
  }, run.screen.style);
  run.screen.line();
  for (const line of lines) run.screen.line(line);
  sayWithheldOptions(run);
}
