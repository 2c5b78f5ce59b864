import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { json, startServer, type JsonServer } from '../credentials/json-server';
import { parameterOf } from './deployed';
import { startEmulator, type Emulator } from './emulator';
import { writeApp } from './fixture-app';
import { makeProject, npmRun, type Project } from './project';

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
  emulator = await startEmulator();
  const bootstrap = await npmRun(project, 'bootstrap', ['--yes'], emulator.environment);
  if (bootstrap.code !== 0) throw new Error(bootstrap.output);
  await makeRole();
  machine = await startServer((_seen, response) => { json(response, 200, { ...sessions.at(-1), Expiration: new Date(Date.now() + milliseconds).toISOString() }); });
});

afterAll(async () => {
  await machine.close();
  await emulator.close();
  project.remove();
});

function sdk(): { readonly endpoint: string; readonly region: string; readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string } } {
  return { endpoint: emulator.origin, region: 'us-west-2', credentials: { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey, sessionToken: emulator.environment['AWS_SESSION_TOKEN'] ?? '' } };
}

const roleArn = 'arn:aws:iam::000000000000:role/machine';

async function makeRole(): Promise<void> {
  const client = new CloudFormationClient(sdk());
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' }] };
  const Properties = { RoleName: 'machine', AssumeRolePolicyDocument: trust, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
  await client.send(new CreateStackCommand({ StackName: 'Machine', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: JSON.stringify({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties } } }) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'Machine' });
  client.destroy();
}

/** A session of the machine's role. */
async function newSession(): Promise<MachineSession> {
  const client = new STSClient(sdk());
  const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'machine' }));
  client.destroy();
  return { AccessKeyId: Credentials?.AccessKeyId ?? '', SecretAccessKey: Credentials?.SecretAccessKey ?? '', Token: Credentials?.SessionToken ?? '' };
}

const signedBy = (from: number): Set<string | null> => new Set(emulator.requests.slice(from).map(({ accessKeyId }) => accessKeyId));

/** Deploys with a session that ends when CDK has published the template. Before that the machine begins to give `then`. */
async function deployWith(value: string, first: MachineSession, then: readonly MachineSession[]): ReturnType<typeof npmRun> {
  sessions = [first];
  emulator.when(/^s3 GET .* 200/, () => { sessions = [first, ...then]; });
  emulator.when(/^s3 PUT .* 200/, () => { emulator.expire(first.AccessKeyId); });
  return npmRun(project, 'deploy', ['--yes', '-c', `value=${value}`], { AWS_ENDPOINT_URL: emulator.origin, AWS_REGION: 'us-west-2', AWS_CONTAINER_CREDENTIALS_FULL_URI: `${machine.origin}/credentials`, CDK_VALIDATION: 'false' });
}

test('where the machine gives no other session, the failure says that it ended, that CloudFormation goes on, and how to resume', async () => {
  const first = await newSession();
  const ran = await deployWith('one', first, []);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(/CDK_FAILED cdk deploy ended with code 1, because the session ended/);
  expect(ran.stderr).toMatch(/resume: npm run deploy -- -c value=one --yes/);
});

test('CDK goes on with the next one', async () => {
  const [first, second] = [await newSession(), await newSession()];
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
