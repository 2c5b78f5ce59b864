import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackResourcesCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { openLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import { findServer } from '../../scripts/local-aws/server-file';
import { compiledChild, type CompiledChild } from '../process/compiled-child';
import { settledStatus, stackNow } from './settled-stack';

/** How many times a deploying server is killed. By hand: TAKEOFF_KILLS=100 npm test -- test/local-aws/kill */
const kills = Number(process.env['TAKEOFF_KILLS'] ?? 20);

jest.setTimeout(kills * 15_000);

let folder: string;
let program: CompiledChild;
beforeAll(async () => { program = await compiledChild(join(__dirname, 'kill-child.ts')); });
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'local-aws-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => program.remove());

interface Clients {
  readonly stacks: CloudFormationClient;
  readonly tables: DynamoDBClient;
}

/** Calls a local AWS. */
async function calling<Result>(server: Pick<OpenLocalAws, 'origin' | 'credentials'> | null, use: (clients: Clients) => Promise<Result>): Promise<Result> {
  if (server === null) throw new Error('nobody serves');
  const init = { endpoint: server.origin, region: 'us-west-2', credentials: server.credentials, maxAttempts: 1 };
  const clients = { stacks: new CloudFormationClient(init), tables: new DynamoDBClient(init) };
  try {
    return await use(clients);
  } finally {
    clients.stacks.destroy();
    clients.tables.destroy();
  }
}

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const table = { AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' };
const keeping = { Keep: { Type: 'AWS::DynamoDB::Table', Properties: { ...table, TableName: 'kept' } } };

/** Of every type something, with names of its own where a type has them: what is lost is in the way of the next. */
function template(version: number): string {
  return JSON.stringify({
    Resources: {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { ...table, TableName: `things-${version}` } },
      Indexed: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { ...table, GlobalSecondaryIndexes: [{ IndexName: 'by-id', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }], Tags: [{ Key: 'version', Value: String(version) }] },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a-bucket', VersioningConfiguration: { Status: version % 2 === 0 ? 'Enabled' : 'Suspended' } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a-role', AssumeRolePolicyDocument: trust, Description: `version ${version}` } },
      Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: `/group/${version}` } },
      Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a/parameter', Type: 'String', Value: { Ref: 'Group' } } },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
      Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a-key', TargetKeyId: { Ref: 'Key' } } },
      Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: `repository-${version}` } },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: `api-${version}`, ProtocolType: 'HTTP' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: `stage-${version}`, AutoDeploy: true } },
    },
  });
}

type Kind = 'create' | 'update' | 'delete';

/** Begins what makes sense for what there is: creates, updates, and now and then deletes. */
async function begin({ stacks }: Clients, kind: Kind, version: number): Promise<void> {
  const input = { StackName: 'app', TemplateBody: template(version), Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
  if (kind === 'create') await stacks.send(new CreateStackCommand(input));
  else if (kind === 'update') await stacks.send(new UpdateStackCommand(input));
  else await stacks.send(new DeleteStackCommand({ StackName: 'app' }));
}

/** Begins something in another process, which is killed meanwhile. */
async function killed(kind: Kind, version: number, ...when: string[]): Promise<void> {
  const child = spawn(process.execPath, [program.file, folder, ...when], { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  // It may die before it has answered. Where all was over before its time came, it dies at rest.
  const over = calling(await findServer(folder), async (clients) => {
    await begin(clients, kind, version);
    await settledStatus(clients.stacks, 'app');
  }).catch(() => undefined);
  await Promise.race([ended, over]);
  child.kill('SIGKILL');
  await ended;
  await over;
}

/** What there is of each type, by the state and by dynalite. */
async function inventory({ tables }: Clients): Promise<Record<string, number>> {
  const state = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as { tables: Record<string, Record<string, unknown>> };
  const count = (name: string): number => Object.keys(state.tables[name] ?? {}).length;
  const { TableNames = [] } = await tables.send(new ListTablesCommand({}));
  return {
    tables: TableNames.length, buckets: count('s3-buckets'), roles: count('iam-roles'), groups: count('log-groups'), parameters: count('ssm-parameters'),
    keys: count('kms-keys'), aliases: count('kms-aliases'), repositories: count('ecr-repositories'), apis: count('http-apis'),
  };
}

const nothing = { tables: 1, buckets: 0, roles: 0, groups: 0, parameters: 0, keys: 0, aliases: 0, repositories: 0, apis: 0 };
const everything = { tables: 3, buckets: 1, roles: 1, groups: 1, parameters: 1, keys: 1, aliases: 1, repositories: 1, apis: 1 };

/** Opens what the killed process left: whole, nothing lost, and as good as new. */
async function goesOn(version: number): Promise<void> {
  const aws = await openLocalAws({ folder });
  try {
    await calling(aws, async (clients) => {
      const found = (await stackNow(clients.stacks, 'app'))?.StackStatus ?? null;
      expect([null, 'CREATE_COMPLETE', 'ROLLBACK_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']).toContain(found);
      expect(await inventory(clients)).toEqual(found === null || found === 'ROLLBACK_COMPLETE' ? nothing : everything);
      expect((await clients.tables.send(new GetItemCommand({ TableName: 'kept', Key: { id: { S: 'a' } } }))).Item).toEqual({ id: { S: 'a' } });
      if (found === 'ROLLBACK_COMPLETE') {
        await begin(clients, 'delete', version);
        await settledStatus(clients.stacks, 'app');
      }
      await begin(clients, found === null || found === 'ROLLBACK_COMPLETE' ? 'create' : 'update', version);
      expect(await settledStatus(clients.stacks, 'app')).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
      expect(await inventory(clients)).toEqual(everything);
      const { StackResources = [] } = await clients.stacks.send(new DescribeStackResourcesCommand({ StackName: 'app' }));
      expect(StackResources.filter(({ PhysicalResourceId }) => PhysicalResourceId === undefined)).toEqual([]);
    });
  } finally {
    await aws.close();
  }
}

async function withoutApp(): Promise<void> {
  const aws = await openLocalAws({ folder });
  try {
    await calling(aws, async (clients) => {
      await begin(clients, 'delete', 0);
      expect(await settledStatus(clients.stacks, 'app')).toBeNull();
    });
  } finally {
    await aws.close();
  }
}

test(`survives ${kills} kills in the middle of deployments, and loses nothing`, async () => {
  const aws = await openLocalAws({ folder });
  await calling(aws, async (clients) => {
    await clients.stacks.send(new CreateStackCommand({ StackName: 'keeping', TemplateBody: JSON.stringify({ Resources: keeping }) }));
    expect(await settledStatus(clients.stacks, 'keeping')).toBe('CREATE_COMPLETE');
    await clients.tables.send(new PutItemCommand({ TableName: 'kept', Item: { id: { S: 'a' } } }));
  });
  await aws.close();
  for (let round = 0; round < kills; round += 1) {
    const kind = (['create', 'update', 'delete'] as const)[round % 3] ?? 'create';
    // Three in four at the edge of a step, one at any time.
    const when = round % 4 === 3 ? ['0', String(Math.floor(Math.random() * 60))] : [String(1 + Math.floor(Math.random() * 24))];
    const version = 2 * round + 1;
    try {
      await killed(kind, version, ...when);
      await goesOn(version + 1);
      // The next is a creation.
      if (kind === 'delete') await withoutApp();
    } catch (error) {
      throw new Error(`kill ${round}: ${kind}, version ${version}, at ${when.join(' ')}`, { cause: error });
    }
  }
});
