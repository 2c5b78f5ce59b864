import { CloudFormationClient, CreateStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AssemblyStack } from '../../scripts/assembly/assembly';
import type { Credentials } from '../../scripts/credentials/source';
import { verifyMayChange } from '../../scripts/flow/verify-may-change';
import { failureOf } from '../credentials/place';
import { startEmulator, type Emulator } from '../end-to-end/emulator';
import { runFor, sessionOf } from './run-for-test';

// CDK goes on with the credentials themselves where they may not act as the deploy role: only who may neither is refused.

const account = '000000000000';
const anybody = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' } };
const may = (name: string, action: string): object => ({ Policies: [{ PolicyName: name, PolicyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } } }] });
const role = (name: string, more: object = {}): object => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: anybody, ...more } });

const stack: AssemblyStack = {
  id: 'Notes', name: 'Notes', account: null, region: null, templateFile: '/nowhere', bootstrap: null, lookupRoleArn: null,
  deployRoleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/deploys',
};

let emulator: Emulator;
let developer: Credentials;

beforeAll(async () => {
  emulator = await startEmulator();
  developer = { accessKeyId: emulator.accessKeyId, secretAccessKey: emulator.secretAccessKey, sessionToken: emulator.environment['AWS_SESSION_TOKEN'] ?? '' };
  const client = new CloudFormationClient({ endpoint: emulator.origin, region: 'us-west-2', credentials: developer });
  const Resources = { Deploys: role('deploys'), Assumes: role('assumes', may('assume', 'sts:AssumeRole')), Itself: role('itself', may('itself', 'cloudformation:*')), Neither: role('neither') };
  await client.send(new CreateStackCommand({ StackName: 'Roles', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: JSON.stringify({ Resources }) }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { StackName: 'Roles' });
  client.destroy();
});
afterAll(() => emulator.close());

async function sessionAs(name: string): Promise<Credentials> {
  const sts = new STSClient({ endpoint: emulator.origin, region: 'us-west-2', credentials: developer });
  const { Credentials: { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = {} } = await sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/${name}`, RoleSessionName: 'tries' }));
  sts.destroy();
  return { accessKeyId, secretAccessKey, sessionToken };
}

async function verify(name: string, stacks: readonly AssemblyStack[], environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const run = runFor('deploy', []);
  const { found, proof, ...session } = sessionOf('environment');
  const identity = { ...proof.identity, account, arn: `arn:aws:sts::${account}:assumed-role/${name}/tries` };
  try {
    await verifyMayChange({ ...run, surroundings: { ...run.surroundings, environment } }, { ...session, found: { ...found, aws: { AWS_ENDPOINT_URL: emulator.origin } }, proof: { ...proof, identity, credentials: await sessionAs(name) } }, stacks);
  } finally {
    run.interruption.stop();
  }
}

test.each([
  ['assumes', 'who may act as the deploy role'],
  ['itself', 'who may ask CloudFormation without it'],
])('%s: %s goes on', async (name) => {
  await expect(verify(name, [stack])).resolves.toBeUndefined();
});

test('who may neither is refused, with the role and the stack', async () => {
  const { code, exitCode, message, fix } = await failureOf(() => verify('neither', [stack]));
  expect([code, exitCode]).toEqual(['ACCESS_DENIED', 4]);
  expect(message).toBe(`arn:aws:sts::${account}:assumed-role/neither/tries may not change the stack Notes: it may not assume arn:aws:iam::${account}:role/deploys, and CloudFormation refuses it as itself.`);
  expect(fix).not.toContain('npm run diff');
});

test('in CI what a role for pull requests may is said', async () => {
  expect((await failureOf(() => verify('neither', [stack], { CI: 'true' }))).fix).toContain('npm run diff -- --method template');
});

test.each([
  ['of another account, to which a check sees', { ...stack, account: '123456789012' }],
  ['that is deployed with no role', { ...stack, deployRoleArn: null }],
])('a stack %s is not asked for', async (_what, other) => {
  await expect(verify('neither', [other])).resolves.toBeUndefined();
});
