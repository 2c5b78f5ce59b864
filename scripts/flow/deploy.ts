import { findApi, type DeployedStack } from '../api/find-api';
import type { Assembly } from '../assembly/assembly';
import { firstGetRoute } from '../assembly/first-get-route';
import { hasOption } from '../cdk/arguments';
import { publish } from '../cdk/publish';
import { Failure } from '../failures/failure';
import type { PlannedStack } from '../plan/plan-changes';
import { callAndShow } from './call';
import { confirmed } from './confirm';
import type { Session } from './find-and-prove';
import { cdkOutput, handOver } from './hand-over';
import { outputsFile } from './outputs';
import { changesOf, showPlan } from './plan';
import { prepare } from './prepare';
import type { Run } from './run';
import { npmRun, sameOptions } from './same-command';

/** `npm run deploy`: steps 1 to 8. */
export async function deploy(run: Run): Promise<void> {
  const { options, surroundings } = run;
  const { session, assembly, stacks, fresh } = await prepare(run, 'deploy');
  const changes = await changesOf(session, stacks);
  showPlan(run, session, assembly, changes);
  const { account } = session.proof.identity;
  await confirmed(run, session, { text: `Deploy to account ${account} in ${session.region.value}?`, reads: false });
  const outputs = outputsFile(run);
  let deployed: readonly DeployedStack[];
  try {
    await handOver(run, { command: 'deploy', session, assembly, stacks: options.stacks, args: [...outputs.args, ...ownQuestion(run, session, changes)], output: cdkOutput(run) });
  } finally {
    deployed = outputs.read();
  }
  const published = fresh ? publish(assembly, surroundings.projectDirectory) : assembly;
  await tryApi(run, session, published, deployed);
}

/** Where the plan could not show what broadens, CDK asks about it: only its change set tells. */
function ownQuestion({ canAsk, options }: Run, session: Session, changes: readonly PlannedStack[]): string[] {
  const unseen = changes.some(({ change }) => change.kind === 'unknown');
  const answered = !canAsk || options.yes || session.found.source === 'local' || hasOption(options.cdkArguments, '--require-approval', '--requireApproval');
  return unseen && !answered ? ['--require-approval', 'broadening'] : [];
}

/** After a deploy to the local AWS: one signed call proves that the API answers. Elsewhere the command for it. */
async function tryApi(run: Run, session: Session, assembly: Assembly, deployed: readonly DeployedStack[]): Promise<void> {
  const withApi = deployed.filter(({ outputs }) => 'ApiUrl' in outputs);
  const [only, ...others] = withApi;
  if (only === undefined || others.length > 0) return;
  const stack = assembly.stacks.find(({ name }) => name === only.name);
  const path = stack === undefined ? null : firstGetRoute(stack.templateFile);
  if (path === null) return;
  const { screen, options } = run;
  const { url } = findApi(deployed, only.name, []);
  const local = session.found.source === 'local'; // by option, or chosen when asked
  const same = sameOptions({ ...options, local });
  screen.line();
  if (local) {
    const status = await callAndShow(run, session, { apiUrl: url, method: 'GET', path });
    if (status < 200 || status > 299) throw new Failure({ code: 'CALL_FAILED', message: `The API was deployed, and answered ${status} to GET ${path}.`, fix: `See why in its logs: npm run local, and there again: ${npmRun('call', same, `GET ${path}`)}` });
  }
  screen.line(screen.style.bold('Next'));
  screen.line(`  ${npmRun('call', same, `GET ${path}`)}`);
  if (local) screen.line('  npm run local   (serves it until Ctrl-C)');
  screen.line(`  ${npmRun('destroy', same)}`);
}
