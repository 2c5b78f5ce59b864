import { ApiGatewayV2Client, GetApisCommand, GetStagesCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand, UpdateStackCommand, type Tag } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTagsOfResourceCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRoleTagsCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, DeleteObjectCommand, GetBucketTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { storedZip } from '../lambda/stored-zip';
import { settledStatus } from '../settled-stack';
import { openProof } from './proof';

const proof = openProof();
const [cloudFormation, s3, lambda] = [proof.watch(new CloudFormationClient(proof.init)), proof.watch(new S3Client(proof.init)), proof.watch(new LambdaClient(proof.init))];
const [iam, gateway, dynamoDb] = [proof.watch(new IAMClient(proof.init)), proof.watch(new ApiGatewayV2Client(proof.init)), proof.watch(new DynamoDBClient(proof.init))];
beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'code', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }));
  await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'f.zip', Body: storedZip({ 'index.js': 'exports.handler = async () => 1;' }) }));
});

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const own = [{ Key: 'team', Value: 'its own' }];
const resources = {
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', AssumeRolePolicyDocument: trust, Tags: own } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'tagged' } },
  Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f', Code: { S3Bucket: 'code', S3Key: 'f.zip' }, Handler: 'index.handler', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Runtime: 'nodejs22.x' } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'notes', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] } },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'a', ProtocolType: 'HTTP', Tags: { team: 'its own' } } },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true } },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a', TargetKeyId: { Ref: 'Key' } } },
  Key: { Type: 'AWS::KMS::Key' },
};
const stack = { StackName: 'app', TemplateBody: JSON.stringify({ Resources: resources }), Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
const team = (Value: string): Tag => ({ Key: 'team', Value });
let StackId: string;

type Tags = Record<string, string>;
const listed = (tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = []): Tags => Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
const withSystem = (logicalId: string, tags: Tags): Tags => ({ ...tags, 'aws:cloudformation:stack-name': 'app', 'aws:cloudformation:stack-id': StackId, 'aws:cloudformation:logical-id': logicalId });

/** As each service lists them. */
async function tagsOfAll(): Promise<Record<string, Tags | undefined>> {
  const { Items: [api] = [] } = await gateway.send(new GetApisCommand({}));
  const { Items: [stage] = [] } = await gateway.send(new GetStagesCommand({ ApiId: api?.ApiId }));
  return {
    Role: listed((await iam.send(new ListRoleTagsCommand({ RoleName: 'r' }))).Tags),
    Bucket: listed((await s3.send(new GetBucketTaggingCommand({ Bucket: 'tagged' }))).TagSet),
    Function: (await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).Tags,
    Table: listed((await dynamoDb.send(new ListTagsOfResourceCommand({ ResourceArn: 'arn:aws:dynamodb:us-west-2:000000000000:table/notes' }))).Tags),
    Api: api?.Tags,
    Stage: stage?.Tags,
  };
}

// `tagging` of each type's schema says who gets `aws:cloudformation:…`.
const expected = (tags: Tags): Record<string, Tags> => ({
  Role: { ...tags, team: 'its own' },
  Bucket: withSystem('Bucket', tags),
  Function: withSystem('Function', tags),
  Table: tags,
  Api: withSystem('Api', { ...tags, team: 'its own' }),
  Stage: withSystem('Stage', tags),
});

// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
test('the tags of a stack are given to its resources, whose own win', async () => {
  StackId = (await cloudFormation.send(new CreateStackCommand({ ...stack, Tags: [team('notes'), { Key: 'stage', Value: 'test' }] }))).StackId ?? '';
  expect([await settledStatus(cloudFormation, 'app'), await proof.failures()]).toEqual(['CREATE_COMPLETE', []]);
  expect(await tagsOfAll()).toEqual(expected({ team: 'notes', stage: 'test' }));
});

test('a change of them is in the change set, and reaches the resources without anything else', async () => {
  const before = await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
  await s3.send(new DeleteObjectCommand({ Bucket: 'code', Key: 'f.zip' }));
  await cloudFormation.send(new CreateChangeSetCommand({ ...stack, ChangeSetName: 'retag', Tags: [team('letters'), { Key: 'stage', Value: 'test' }] }));
  const { Changes = [] } = await cloudFormation.send(new DescribeChangeSetCommand({ StackName: 'app', ChangeSetName: 'retag' }));
  expect(new Set(Changes.map(({ ResourceChange }) => ResourceChange?.LogicalResourceId))).toEqual(new Set(['Bucket', 'Function', 'Key', 'Stage', 'Table']));
  for (const { ResourceChange } of Changes) {
    expect(ResourceChange).toMatchObject({
      Action: 'Modify', Replacement: 'False', Scope: ['Tags'],
      Details: [{ Target: { Attribute: 'Tags', RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification' }],
    });
  }
  await cloudFormation.send(new ExecuteChangeSetCommand({ StackName: 'app', ChangeSetName: 'retag' }));
  expect(await settledStatus(cloudFormation, 'app')).toBe('UPDATE_COMPLETE');
  expect(await tagsOfAll()).toEqual(expected({ team: 'letters', stage: 'test' }));
  expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).Configuration).toEqual(before.Configuration);
});

test('an update without tags leaves them, and one that fails takes its own back', async () => {
  await expect(cloudFormation.send(new UpdateStackCommand(stack))).rejects.toThrow('No updates are to be performed.');
  const broken = { ...resources, Broken: { Type: 'AWS::KMS::Alias', DependsOn: Object.keys(resources), Properties: { AliasName: 'alias/b', TargetKeyId: 'nothing' } } };
  await cloudFormation.send(new UpdateStackCommand({ ...stack, TemplateBody: JSON.stringify({ Resources: broken }), Tags: [team('other'), { Key: 'more', Value: '1' }] }));
  expect(await settledStatus(cloudFormation, 'app')).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await tagsOfAll()).toEqual(expected({ team: 'letters', stage: 'test' }));
});

test('after an update that failed half-way they do not come alone', async () => {
  const { Function: { Properties } } = resources;
  const moved = { ...resources, Function: { ...resources.Function, Properties: { ...Properties, Description: 'moved', Code: { S3Bucket: 'code', S3Key: 'g.zip' } } } };
  const update = { ...stack, TemplateBody: JSON.stringify({ Resources: moved }), DisableRollback: true };
  await cloudFormation.send(new UpdateStackCommand(update));
  expect(await settledStatus(cloudFormation, 'app')).toBe('UPDATE_FAILED');
  await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'g.zip', Body: storedZip({ 'index.js': 'exports.handler = async () => 2;' }) }));
  await cloudFormation.send(new UpdateStackCommand({ ...update, Tags: [team('last')] }));
  expect(await settledStatus(cloudFormation, 'app')).toBe('UPDATE_COMPLETE');
  expect((await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }))).Configuration?.Description).toBe('moved');
  expect(await tagsOfAll()).toEqual(expected({ team: 'last' }));
});

test('AWS keeps its prefix to itself', async () => {
  await expect(cloudFormation.send(new UpdateStackCommand({ ...stack, Tags: [{ Key: 'AWS:team', Value: 'x' }] }))).rejects.toThrow('aws: prefixed tag key names are not allowed for external use.');
});
