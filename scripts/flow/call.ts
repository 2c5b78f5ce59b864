import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findApi, type DeployedStack } from '../api/find-api';
import type { ApiAnswer } from '../api/signed-request';
import { readAssembly } from '../assembly/read-assembly';
import { clientConfig } from '../credentials/connection/aws-client';
import { told } from '../credentials/connection/call-log';
import { Failure, usage } from '../failures/failure';
import { translate } from '../credentials/refusals/refusal';
import { confirmed } from './confirm';
import { findAndProve } from './find-and-prove';
import { stacksIn } from './outputs';
import { leadingTo, npmRun, sameCommand } from './same-command';
import { answerLine, isOk, readable, send, type CallInit } from './send-call';
import type { Session } from './session';
import type { Run } from './run';
import { verifyAccount } from './run-checks';

/** `npm run call`: one signed call of the deployed API. */
export async function call(run: Run): Promise<void> {
  const wanted = run.options.call;
  if (wanted === undefined) throw usage('There is nothing to call.', 'npm run call -- GET /notes');
  const body = wanted.data === undefined ? {} : { body: bodyOf(wanted.data, run.surroundings.projectDirectory) };
  const session = await findAndProve(run);
  await verifyAccount(run, session);
  const stacks = wanted.outputsFile === undefined ? await deployedStacks(session) : stacksIn(resolve(run.surroundings.projectDirectory, wanted.outputsFile));
  const ways = { callOf: (stack: string) => sameCommand({ ...run.options, call: { ...wanted, stack } }, ''), deploy: npmRun('deploy', leadingTo(run.options, session)) };
  const url = findApi(stacks, wanted.stack, stacksOfThisApp(run), ways);
  const reads = wanted.method === 'GET' || wanted.method === 'HEAD';
  if (isTerminal(run)) run.screen.line(); // apart from the checks
  await confirmed(run, session, { text: `Call ${wanted.method} ${wanted.path} of account ${session.proof.identity.account} in ${session.region.value}?`, reads });
  const answer = await send(session, { apiUrl: url, method: wanted.method, path: wanted.path, ...body });
  show(run, wanted, answer);
  if (!isOk(answer.status)) throw notOk(wanted.method, wanted.path, answer, session);
}

function bodyOf(data: string, projectDirectory: string): Buffer {
  if (!data.startsWith('@')) return Buffer.from(data);
  const path = resolve(projectDirectory, data.slice(1));
  try {
    return readFileSync(path);
  } catch (error) {
    throw usage(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`, 'Name a file that exists: --data @note.json');
  }
}

async function deployedStacks({ found, region, proof }: Session): Promise<DeployedStack[]> {
  const { CloudFormationClient, paginateDescribeStacks } = await import('../plan/cloudformation-client');
  const client = told(new CloudFormationClient({ ...await clientConfig(found.aws, 'cloudformation', region.value), credentials: proof.credentials }), 'cloudformation');
  const stacks: DeployedStack[] = [];
  try {
    for await (const page of paginateDescribeStacks({ client }, {})) {
      for (const { StackName = '', Outputs = [] } of page.Stacks ?? []) {
        stacks.push({ name: StackName, outputs: Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])) });
      }
    }
    return stacks;
  } catch (error) {
    throw translate(error, { aws: found.aws, region: region.value, service: 'cloudformation', found, credentials: proof.credentials, clockOffsetMs: proof.clockOffsetMs });
  } finally {
    client.destroy();
  }
}

/** Names of the stacks of the last synthesis; none where there was none. */
function stacksOfThisApp(run: Run): string[] {
  try {
    return readAssembly(join(run.surroundings.projectDirectory, 'cdk.out')).stacks.map(({ name }) => name);
  } catch {
    return [];
  }
}

function isTerminal({ screen }: Pick<Run, 'screen'>): boolean {
  return screen.style.columns !== null;
}

function show({ screen }: Run, wanted: Pick<CallInit, 'method' | 'path'>, answer: ApiAnswer): void {
  if (isTerminal({ screen })) screen.result(`${screen.style.dim(answerLine(wanted, answer))}\n${readable(answer)}\n`);
  else screen.result(answer.body);
}

function notOk(method: string, path: string, { status }: ApiAnswer, { proof, region }: Session): Failure {
  const resource = `arn:${proof.identity.partition}:execute-api:${region.value}:${proof.identity.account}:*/*/${method}${path.split('?')[0] ?? ''}`;
  if (status === 403) {
    return new Failure({
      code: 'CALL_FAILED',
      message: `${method} ${path} was answered 403: ${proof.identity.arn} may not call it, or there is no such route.`,
      fix: `Give that identity the permission execute-api:Invoke on ${resource}.`,
    });
  }
  return new Failure({ code: 'CALL_FAILED', message: `${method} ${path} was answered ${status}.`, fix: status >= 500 ? 'Look at the logs of the function that serves it.' : 'The body above says what is wrong with the request.' });
}
