import { apiUrlOf, type DeployedStack } from '../api/find-api';
import type { Assembly } from '../assembly/assembly';
import { firstGetRoute } from '../assembly/first-get-route';
import { hasOption } from '../cdk/arguments';
import { publish } from '../cdk/publish';
import { Failure } from '../failures/failure';
import type { PlannedStack } from '../plan/plan-changes';
import { nextCommands, summaryLines } from '../terminal/summary-text';
import { confirmed, isAnswered } from './confirm';
import type { Session } from './session';
import { cdkOutput, handOver } from './hand-over';
import { withStacksLocked } from './lock-stacks';
import { outputsFile } from './outputs';
import { changesOf, showPlan } from './plan';
import { prepare, type Prepared } from './prepare';
import type { Checked } from './prove-and-check';
import type { Run } from './run';
import { leadingTo, npmRun } from './same-command';
import { callAndShow, isOk } from './send-call';

/**
 * `npm run deploy`: steps 1 to 8.
 *
 * @param checked where steps 1 to 3 are done already
 */
export async function deploy(run: Run, checked?: Checked): Promise<void> {
  const prepared = await prepare(run, 'deploy', checked);
  await withStacksLocked(run, prepared.session, prepared.stacks, () => deployPrepared(run, prepared));
}

async function deployPrepared(run: Run, { session, cdk, assembly, stacks, fresh }: Prepared): Promise<void> {
  const { options, surroundings } = run;
  const changes = await changesOf(run, session, stacks);
  await showPlan(run, session, assembly, changes);
  const { account } = session.proof.identity;
  const question = { text: `Deploy to account ${account} in ${session.region.value}?`, reads: false };
  if (!isAnswered(run, session, question)) run.screen.line(); // CDK begins with an empty one
  await confirmed(run, session, question);
  const outputs = outputsFile(run);
  const started = performance.now();
  let deployed: readonly DeployedStack[];
  try {
    await handOver(run, { command: 'deploy', session, assembly, stacks: options.stacks, args: [...outputs.args, ...approval(run, session, changes)], output: cdkOutput(run), cdk });
  } finally {
    deployed = outputs.read();
  }
  const durationMs = performance.now() - started;
  run.record.deployed = { account, region: session.region.value, durationMs, stacks: changes, outputs: deployed };
  for (const line of summaryLines(run.record.deployed, run.screen.style)) run.screen.line(line); // CDK has ended with an empty one
  const published = fresh ? publish(assembly, surroundings.projectDirectory) : assembly;
  await tryApi(run, session, published, deployed);
}

/**
 * Permissions that broaden stand in the plan and were agreed to with it, so that CDK need not ask again. Where the plan
 * could not compare a stack CDK asks, as only its change set tells what broadens.
 */
function approval({ canAsk, options }: Run, session: Session, changes: readonly PlannedStack[]): string[] {
  if (hasOption(options.cdkArguments, '--require-approval', '--requireApproval')) return [];
  const unseen = changes.some(({ change }) => change.kind === 'unknown');
  if (!unseen) return ['--require-approval', 'never'];
  const answered = !canAsk || options.yes || session.found.source === 'local';
  return answered ? [] : ['--require-approval', 'broadening'];
}

/** After a deploy to the local AWS: one signed call proves that the API answers. Elsewhere the command for it. */
async function tryApi(run: Run, session: Session, assembly: Assembly, deployed: readonly DeployedStack[]): Promise<void> {
  const [only, ...others] = deployed.filter((stack) => apiUrlOf(stack) !== undefined);
  const url = only === undefined ? undefined : apiUrlOf(only);
  if (only === undefined || url === undefined || others.length > 0) return;
  const stack = assembly.stacks.find(({ name }) => name === only.name);
  const path = stack === undefined ? null : firstGetRoute(stack.templateFile);
  if (path === null) return;
  const { screen, options } = run;
  const local = session.found.source === 'local'; // by option, or chosen when asked
  const same = leadingTo(options, session);
  if (local) {
    screen.line();
    const status = await callAndShow(run, session, { apiUrl: url, method: 'GET', path });
    if (!isOk(status)) throw new Failure({ code: 'CALL_FAILED', message: `The API was deployed, and answered ${status} to GET ${path}.`, fix: `See why in its logs: npm run local, and there again: ${npmRun('call', same, `GET ${path}`)}` });
  }
  const commands = [npmRun('call', same, `GET ${path}`), ...(local ? ['npm run local   (serves it until Ctrl-C)'] : []), npmRun('destroy', same)];
  for (const line of nextCommands(commands, screen.style)) screen.line(line);
}
