import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, UpdateStackCommand,
  waitUntilStackCreateComplete, waitUntilStackUpdateComplete, type StackEvent,
} from '@aws-sdk/client-cloudformation';
import { CreatePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { blocksOf, readReadme, root, sectionOf } from '../readme/page';
import { commandsIn, wordsOf } from '../readme/shell-words';
import { bootstrap } from './bootstrapped';
import { startEmulator, type Emulator } from './emulator';
import { assemble } from './fixture-app';
import { makeProject, mustRun, type Project } from './project';

// The policy that the README would give CloudFormation's execution role: it suffices for the sample, and has nothing to spare.

jest.setTimeout(180_000);

interface Statement {
  readonly Sid: string;
}
interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

const account = '000000000000';
const stackName = 'TakeoffNotes';
const section = sectionOf(readReadme(), '## Deploy from CI without stored keys');
const commands = blocksOf(section, 'bash').flatMap(commandsIn);

/** The words behind an option of the README's command that begins like this. */
function given(command: string, option: string): string {
  const words = wordsOf(commands.find((one) => one.startsWith(command) && one.includes(option)) ?? '');
  return words[words.indexOf(option) + 1] ?? '';
}

const path = given('aws iam create-policy', '--policy-document').replace('file://', '');
const text = readFileSync(join(root, path), 'utf8');
const policy = JSON.parse(text) as Policy;

let project: Project;
let emulator: Emulator;
let cloudFormation: CloudFormationClient;
let made: readonly string[];
const executionRole = `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-us-west-2`;
const twinRole = (statement: string): string => `without-${statement}`;

beforeAll(async () => {
  [project, emulator] = [makeProject(), await startEmulator()];
  const { origin, accessKeyId, secretAccessKey, environment: { AWS_SESSION_TOKEN: sessionToken = '' } } = emulator;
  const init = { endpoint: origin, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey, sessionToken } };
  cloudFormation = new CloudFormationClient(init);
  const iam = new IAMClient(init);
  await iam.send(new CreatePolicyCommand({ PolicyName: given('aws iam create-policy', '--policy-name'), PolicyDocument: text }));
  iam.destroy();
  const policies = given('npm run bootstrap', '--cloudformation-execution-policies').replace('ACCOUNT', account);
  await bootstrap({ origin, credentials: init.credentials }, { CloudFormationExecutionPolicies: policies });
  made = await assemble(project, 'cdk.out');
  await mustRun(project, 'deploy', ['--yes', ...made], emulator.environment);
});

afterAll(async () => {
  cloudFormation.destroy();
  await emulator.close();
  project.remove();
});

/** The template of the sample as it was deployed, or a changed one. */
function template(change: (text: string) => string = (same) => same): string {
  return change(readFileSync(join(project.directory, 'cdk.out', `${stackName}.template.json`), 'utf8'));
}

async function events(name: string): Promise<readonly StackEvent[]> {
  const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.toReversed();
}

/** Whatever it ends with. */
async function create(name: string, roleArn: string, body: string): Promise<string> {
  await cloudFormation.send(new CreateStackCommand({ StackName: name, RoleARN: roleArn, TemplateBody: body, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: name }).catch(() => undefined);
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
  return stack?.StackStatus ?? '';
}

async function failures(name: string): Promise<readonly string[]> {
  return (await events(name)).filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(({ ResourceStatusReason }) => ResourceStatusReason ?? '');
}

test('the README links the policy, each statement of which has a name', () => {
  expect(section).toContain(`](${path})`);
  expect(policy.Statement.map(({ Sid }) => Sid)).toHaveLength(new Set(policy.Statement.map(({ Sid }) => Sid)).size);
});

test('with it alone the sample was deployed', async () => {
  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
  expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RoleARN: executionRole });
});

test('and it is updated with it', async () => {
  const changed = template((body) => body.replace('"MemorySize": 512', '"MemorySize": 256').replaceAll('"RetentionInDays": 7', '"RetentionInDays": 14').replace('"dynamodb:PutItem"', '"dynamodb:UpdateItem"').replace('$context.responseLength', '$context.status'));
  await cloudFormation.send(new UpdateStackCommand({ StackName: stackName, RoleARN: executionRole, TemplateBody: changed, Tags: [{ Key: 'team', Value: 'notes' }], Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await waitUntilStackUpdateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: stackName });
  const updated = new Set((await events(stackName)).filter(({ ResourceStatus }) => ResourceStatus === 'UPDATE_COMPLETE').map(({ ResourceType }) => ResourceType));
  for (const type of ['AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::DynamoDB::Table', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage']) expect([...updated]).toContain(type);
});

test('and destroyed', async () => {
  await mustRun(project, 'destroy', ['--yes', ...made], emulator.environment);
  await expect(cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }))).rejects.toThrow('does not exist');
});

describe('without the statement', () => {
  const statements: readonly [sid: string, reason: RegExp][] = [
    ['Function', /TakeoffNotes-\S+ because no identity-based policy allows the lambda:CreateFunction action \(Service: Lambda, Status Code: 403, Request ID: [\w-]+\)/],
    ['Code', /^Resource handler returned message: "Your access has been denied by S3, please make sure your request credentials have permission to GetObject for cdk-hnb659fds-assets-/],
    ['Role', /is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::000000000000:role\/TakeoffNotes-Role-ServiceRole\S+ because no/],
    ['RoleOfFunction', /AWSCloudFormation is not authorized to perform: iam:PassRole on resource: arn:aws:iam::000000000000:role\/TakeoffNotes-\S+ because .* \(Service: Lambda, /],
    ['Table', /is not authorized to perform: dynamodb:CreateTable on resource: arn:aws:dynamodb:us-west-2:000000000000:table\/TakeoffNotes-Table-NotesTable/],
    ['Api', /is not authorized to perform: apigateway:POST on resource: arn:aws:apigateway:us-west-2::\/apis because/],
    ['Logs', /is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-west-2:000000000000:log-group:\S+ because/],
    ['AccessLogs', /Resource handler returned message: ".*(?:logs:DescribeLogGroups action|Insufficient permissions to enable logging)/],
  ];

  beforeAll(async () => {
    const Trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    const resources = policy.Statement.map(({ Sid }) => [Sid, { Type: 'AWS::IAM::Role', Properties: {
      RoleName: twinRole(Sid), AssumeRolePolicyDocument: Trust,
      Policies: [{ PolicyName: 'execution', PolicyDocument: { ...policy, Statement: policy.Statement.filter((statement) => statement.Sid !== Sid) } }],
    } }]);
    await cloudFormation.send(new CreateStackCommand({ StackName: 'Twins', Capabilities: ['CAPABILITY_NAMED_IAM'], TemplateBody: JSON.stringify({ Resources: Object.fromEntries(resources) as object }) }));
    await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { StackName: 'Twins' });
  });

  test.each(statements)('%s it is rolled back, and the reason says what is missing', async (sid, reason) => {
    const name = `${stackName}-${sid}`;
    const body = template((same) => same.replace('/vendedlogs/TakeoffNotes/', `/vendedlogs/TakeoffNotes/${sid}/`));
    expect(await create(name, `arn:aws:iam::${account}:role/${twinRole(sid)}`, body)).toBe('ROLLBACK_COMPLETE');
    expect(await failures(name)).toContainEqual(expect.stringMatching(reason));
  });

  test('BootstrapVersion it is not begun', async () => {
    await expect(create(`${stackName}-BootstrapVersion`, `arn:aws:iam::${account}:role/${twinRole('BootstrapVersion')}`, template())).rejects.toThrow(
      /assumed-role\/without-BootstrapVersion\/AWSCloudFormation is not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-west-2:000000000000:parameter\/cdk-bootstrap\/hnb659fds\/version because/,
    );
  });

  test('each statement of the policy is one of these', () => {
    expect([...statements.map(([sid]) => sid), 'BootstrapVersion'].toSorted()).toEqual(policy.Statement.map(({ Sid }) => Sid).toSorted());
  });
});

test.each<[string, object, RegExp]>([
  ['a role of another name', { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Admin', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }] } } }, /iam:CreateRole on resource: arn:aws:iam::000000000000:role\/Admin/],
  ['a bucket', { Type: 'AWS::S3::Bucket' }, /s3:CreateBucket on resource: "arn:aws:s3:::other-/],
  ['a parameter', { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } }, /ssm:PutParameter on resource: arn:aws:ssm:us-west-2:000000000000:parameter\/CFN-/],
])('it does not let a template make %s', async (what, resource, reason) => {
  const name = `Other-${what.replaceAll(' ', '-')}`;
  expect(await create(name, executionRole, JSON.stringify({ Resources: { Made: resource } }))).toBe('ROLLBACK_COMPLETE');
  expect(await failures(name)).toContainEqual(expect.stringMatching(reason));
});
