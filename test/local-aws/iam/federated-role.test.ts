import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand, DescribeStacksCommand, waitUntilStackCreateComplete, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, STSClient, type Credentials as Answered } from '@aws-sdk/client-sts';
import { App, Stack } from 'aws-cdk-lib';
import { CfnOIDCProvider, OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { openLocalAws, type OpenLocalAws } from '../../../scripts/local-aws/open';
import { githubClaims } from '../../oidc/claims';
import { startIssuer, type Issuer } from '../../oidc/issuer';
import { refusal } from '../sts/federated-aws';

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'federated-role-'));
let issuer: Issuer;
let aws: OpenLocalAws;
let cloudFormation: CloudFormationClient;
const clients: STSClient[] = [];

/** Whom a client calls as: by default, nobody. */
function sts(credentials?: Answered): STSClient {
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = credentials ?? {};
  const client = new STSClient({ region: aws.region, endpoint: aws.origin, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials: { accessKeyId, secretAccessKey, sessionToken } }) });
  clients.push(client);
  return client;
}

function clientAs(credentials?: Answered): CloudFormationClient {
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = credentials ?? {};
  return new CloudFormationClient({ region: aws.region, endpoint: aws.origin, maxAttempts: 1, credentials: { accessKeyId, secretAccessKey, sessionToken } });
}

async function create(StackName: string, TemplateBody: string): Promise<void> {
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName });
}

/** As a CDK app has it: the provider, and a role that may assume CDK's bootstrap roles but the one for images. */
function template(): string {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Deployers', { env: { account: aws.account, region: aws.region } });
  const provider = new OidcProviderNative(stack, 'Issuer', { url: 'https://token.actions.githubusercontent.com', clientIds: ['sts.amazonaws.com'] });
  // The construct takes no issuer of this machine, which has no TLS.
  if (provider.node.defaultChild instanceof CfnOIDCProvider) provider.node.defaultChild.url = issuer.url;
  const conditions = { StringEquals: { [`${issuer.name}:aud`]: 'sts.amazonaws.com', [`${issuer.name}:sub`]: githubClaims()['sub'] } };
  const role = new Role(stack, 'Role', { roleName: 'github', assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, conditions) });
  role.addToPolicy(new PolicyStatement({
    actions: ['sts:AssumeRole'],
    resources: [`arn:${stack.partition}:iam::${stack.account}:role/cdk-hnb659fds-*`],
    conditions: { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': ['deploy', 'file-publishing', 'lookup'] } },
  }));
  return JSON.stringify(app.synth().getStackByName('Deployers').template);
}

function bootstrapTemplate(): string {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: 'true' };
  return execFileSync(process.execPath, [join(__dirname, '../../../node_modules/aws-cdk/bin/cdk'), 'bootstrap', '--show-template', '--no-notices'], { env, encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
}

beforeAll(async () => {
  Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  issuer = await startIssuer();
  aws = await openLocalAws({ folder });
  cloudFormation = new CloudFormationClient({ region: aws.region, endpoint: aws.origin, credentials: aws.credentials });
  await create('CDKToolkit', bootstrapTemplate());
  await create('Deployers', template());
}, 60_000);
afterAll(async () => {
  for (const client of [cloudFormation, ...clients]) client.destroy();
  await aws.close();
  await issuer[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
  process.env = environment;
});

const role = (kind: string): string => `arn:aws:iam::${aws.account}:role/cdk-hnb659fds-${kind}-role-${aws.account}-${aws.region}`;

const assumed = async (claims: Parameters<typeof githubClaims>[0] = {}) =>
  sts().send(new AssumeRoleWithWebIdentityCommand({
    RoleArn: `arn:aws:iam::${aws.account}:role/github`, RoleSessionName: 'run-1', WebIdentityToken: issuer.token(githubClaims(claims), { aud: 'sts.amazonaws.com' }),
  }));

test.each([
  ['deploy', 'allowed'],
  ['file-publishing', 'allowed'],
  ['lookup', 'allowed'],
  ['image-publishing', 'because no identity-based policy allows the sts:AssumeRole action'],
  ['cfn-exec', 'because no identity-based policy allows the sts:AssumeRole action'],
])('the role of a CDK stack, deployed, lets its job act as %s: %s', async (kind, said) => {
  expect(await refusal(sts((await assumed()).Credentials).send(new AssumeRoleCommand({ RoleArn: role(kind), RoleSessionName: 'cdk' })))).toContain(said);
});

describe('as the deploy role', () => {
  let own: CloudFormationClient;
  beforeAll(async () => {
    const { Credentials } = await sts((await assumed()).Credentials).send(new AssumeRoleCommand({ RoleArn: role('deploy'), RoleSessionName: 'cdk' }));
    own = clientAs(Credentials);
  });
  afterAll(() => own.destroy());

  test.each([
    ['its execution role', () => role('cfn-exec'), 'allowed'],
    ['another role', () => role('deploy'), 'is not authorized to perform: iam:PassRole on resource'],
    ['a role that is not there', () => role('none'), 'is not authorized to perform: iam:PassRole on resource'],
    ['none', () => undefined, 'allowed'],
  ])('a job passes on to CloudFormation %s', async (title, RoleARN, said) => {
    const input = { StackName: `Passed-${title.replaceAll(' ', '-')}`, TemplateBody: '{"Resources":{"P":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":"v"}}}}', RoleARN: RoleARN() };
    expect(await refusal(own.send(new CreateChangeSetCommand({ ...input, ChangeSetName: 'set', ChangeSetType: 'CREATE' })))).toContain(said);
  });

  test.each([
    ['which CloudFormation may not assume', () => role('lookup')],
    ['which is not there', () => role('none')],
  ])('a stack is not made, and not deleted, as a role %s', async (_title, roleArn) => {
    const said = `ValidationError: Role ${roleArn()} is invalid or cannot be assumed`;
    expect(await refusal(cloudFormation.send(new CreateStackCommand({ StackName: 'Passed', TemplateBody: '{"Resources":{"P":{"Type":"AWS::SSM::Parameter","Properties":{"Type":"String","Value":"v"}}}}', RoleARN: roleArn() })))).toBe(said);
    expect(await refusal(cloudFormation.send(new DeleteStackCommand({ StackName: 'Deployers', RoleARN: roleArn() })))).toBe(said);
    expect(await refusal(own.send(new DeleteStackCommand({ StackName: 'Deployers', RoleARN: roleArn() })))).toContain('is not authorized to perform: iam:PassRole');
  });
});

test('it lets its job do nothing else, and no other job in', async () => {
  const { Credentials } = await assumed();
  const own = clientAs(Credentials);
  expect(await refusal(own.send(new DescribeStacksCommand({ StackName: 'Deployers' })))).toMatch(/is not authorized to perform: cloudformation:DescribeStacks/);
  own.destroy();
  expect(await refusal(assumed({ environment: 'test' }))).toBe('AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity');
});

test('once its provider is gone with its stack, the issuer is unknown', async () => {
  await cloudFormation.send(new DeleteStackCommand({ StackName: 'Deployers' }));
  await waitUntilStackDeleteComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: 'Deployers' });
  expect(await refusal(assumed())).toBe(`InvalidIdentityTokenException: No OpenIDConnect provider found in your account for ${issuer.url}`);
});
