import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DescribeStackEventsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { build } from 'esbuild';
import { openLocalAws, type OpenLocalAws } from '../../../scripts/local-aws/open';
import { settledStack } from '../settled-stack';
import { sendSigned } from '../signed';
import { storedZip } from './stored-zip';

// The whole way: a function of the real SDK, its role's session, the signature, the front, the policy, the table.

const source = `
  import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  const TableName = process.env.TABLE_NAME;
  const commands = { put: (id) => new PutItemCommand({ TableName, Item: { id: { S: id } } }), get: (id) => new GetItemCommand({ TableName, Key: { id: { S: id } } }) };
  export async function handler({ act, id }) {
    try {
      const { Item = null } = await client.send(commands[act](id));
      return { item: Item };
    } catch (error) {
      return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
    }
  }
`;

let folder: string;
let aws: OpenLocalAws;
let client: CloudFormationClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  aws = await openLocalAws({ folder });
  client = new CloudFormationClient({ endpoint: aws.origin, region: aws.region, credentials: aws.credentials });
  const { outputFiles: [bundle] } = await build({ stdin: { contents: source, resolveDir: __dirname }, bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs' });
  await client.send(new CreateStackCommand({ StackName: 'storage', TemplateBody: JSON.stringify({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'code' } } } }) }));
  await settledStack(client, 'storage');
  await upload('/code/zip', storedZip({ 'index.js': bundle?.text ?? '' }));
});
afterAll(async () => {
  client.destroy();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

const allow = (Action: readonly string[], Resource: unknown): object => ({ Effect: 'Allow', Action, Resource });

function template(actions: readonly string[]): string {
  const Statement = [allow(['logs:*'], '*'), ...(actions.length === 0 ? [] : [allow(actions, { 'Fn::GetAtt': ['Table', 'Arn'] })])];
  return JSON.stringify({
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'service', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
          Policies: [{ PolicyName: 'table', PolicyDocument: { Version: '2012-10-17', Statement } }],
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { FunctionName: 'service', Runtime: 'nodejs22.x', Handler: 'index.handler', MemorySize: 512, Timeout: 20, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Code: { S3Bucket: 'code', S3Key: 'zip' }, Environment: { Variables: { TABLE_NAME: { Ref: 'Table' } } } },
      },
    },
    Outputs: { TableArn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } } },
  });
}

/** The signer of the tests takes texts: it signs a body that it need not know. */
async function upload(path: string, body: Buffer): Promise<void> {
  let headers: Record<string, string> = {};
  await sendSigned(aws, { service: 's3', method: 'PUT', path, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, tamper: (request) => { headers = { ...request.headers }; } });
  delete headers['host'];
  const { ok, status } = await fetch(`${aws.origin}${path}`, { method: 'PUT', headers, body: new Uint8Array(body) });
  if (!ok) throw new Error(`PUT ${path}: ${status}`);
}

async function invoke(event: object): Promise<unknown> {
  const response = await sendSigned(aws, { service: 'lambda', path: '/2015-03-31/functions/service/invocations', body: JSON.stringify(event) });
  return response.json();
}

test('a call to the table that the role does not allow is refused, and goes through as soon as it does', async () => {
  await client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template(['dynamodb:GetItem']), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  const stack = await settledStack(client, 'app');
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
  expect([stack?.StackStatus, StackEvents.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED')?.ResourceStatusReason]).toEqual(['CREATE_COMPLETE', undefined]);
  const table = stack?.Outputs?.[0]?.OutputValue ?? '';
  expect(await invoke({ act: 'get', id: '1' })).toEqual({ item: null });
  expect(await invoke({ act: 'put', id: '1' })).toEqual({
    name: 'AccessDeniedException', status: 400,
    message: `User: arn:aws:sts::${aws.account}:assumed-role/service/service is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
  });
  await client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: template(['dynamodb:GetItem', 'dynamodb:PutItem']), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  expect((await settledStack(client, 'app'))?.StackStatus).toBe('UPDATE_COMPLETE');
  expect(await invoke({ act: 'put', id: '1' })).toEqual({ item: null });
  expect(await invoke({ act: 'get', id: '1' })).toEqual({ item: { id: { S: '1' } } });
});

test('nothing of the table is served without a signature', async () => {
  const response = await fetch(aws.origin, { method: 'POST', headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' }, body: '{}' });
  expect([response.status, await response.json()]).toMatchObject([400, { __type: expect.stringContaining('MissingAuthenticationTokenException') as string }]);
});
