import { json, startServer, type JsonServer } from '../credentials/json-server';
import { parameterOf } from './deployed';
import { startBootstrapped } from './bootstrapped';
import type { Emulator } from './emulator';
import { assemble, writeApp } from './fixture-app';
import { launch, makeProject, type Project } from './project';
import { makeRole, newSession } from './role-sessions';

// A deploy that outlives its first session: the machine that gives the sessions has a new one, and CDK never sees a key.

jest.setTimeout(120_000);

const app = `
import { App, Stack } from 'aws-cdk-lib/core';
import { CfnParameter as SsmParameter } from 'aws-cdk-lib/aws-ssm';

const app = new App();
new SsmParameter(new Stack(app, 'Outlives'), 'Value', { name: '/fixture/outlives', type: 'String', value: app.node.tryGetContext('value') });
`;

interface MachineSession {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
}

/** CDK keeps a session until five seconds before its end: with this one it asks each time. */
const milliseconds = 4_000;

let project: Project;
let emulator: Emulator;
let machine: JsonServer;
/** The last is given, as an endpoint of a container does, again and again. */
let sessions: MachineSession[] = [];

beforeAll(async () => {
  project = makeProject();
  writeApp(project, app);
  emulator = await startBootstrapped();
  await makeRole(emulator);
  machine = await startServer((_seen, response) => { json(response, 200, { ...sessions.at(-1), Expiration: new Date(Date.now() + milliseconds).toISOString() }); });
});

afterAll(async () => {
  await machine.close();
  await emulator.close();
  project.remove();
});

/** A session of the machine's role, as its endpoint gives it. */
async function nextSession(): Promise<MachineSession> {
  const { SessionToken: Token, ...keys } = await newSession(emulator);
  return { ...keys, Token };
}

const signedBy = (from: number): Set<string | null> => new Set(emulator.requests.slice(from).map(({ accessKeyId }) => accessKeyId));

/** Deploys with a session that ends when CDK has published the template. Before that the machine begins to give `then`. */
async function deployWith(value: string, first: MachineSession, then: readonly MachineSession[]): ReturnType<typeof launch> {
  sessions = [first];
  const made = await assemble(project, value, { value });
  emulator.when(/^s3 GET .* 200/, () => { sessions = [first, ...then]; });
  emulator.when(/^s3 PUT .* 200/, () => { emulator.expire(first.AccessKeyId); });
  return launch(project, 'deploy', ['--yes', ...made], { AWS_ENDPOINT_URL: emulator.origin, AWS_REGION: 'us-west-2', AWS_CONTAINER_CREDENTIALS_FULL_URI: `${machine.origin}/credentials`, CDK_VALIDATION: 'false' });
}

test('where the machine gives no other session, the failure says that it ended, that CloudFormation goes on, and how to resume', async () => {
  const first = await nextSession();
  const ran = await deployWith('one', first, []);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/CDK_FAILED cdk deploy ended with code 1, because the session ended/);
  expect(ran.stderr).toMatch(/resume: npm run deploy -- --assembly one --yes/);
});

test('CDK goes on with the next one', async () => {
  const [first, second] = [await nextSession(), await nextSession()];
  const from = emulator.requests.length;
  const ran = await deployWith('two', first, [second]);
  expect(ran).toMatchObject({ code: 0 });
  expect(await parameterOf(emulator, '/fixture/outlives')).toBe('two');
  const keys = signedBy(from);
  expect([keys.has(first.AccessKeyId), keys.has(second.AccessKeyId)]).toEqual([true, true]);
  for (const { SecretAccessKey, Token } of [first, second]) {
    expect(ran.output).not.toContain(SecretAccessKey);
    expect(ran.output).not.toContain(Token);
  }
});
