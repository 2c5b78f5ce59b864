import { ContinueUpdateRollbackCommand, CreateStackCommand, DeleteStackCommand, UpdateStackCommand, ValidateTemplateCommand, type Tag } from '@aws-sdk/client-cloudformation';
import { stacks } from '../../../scripts/local-aws/cloudformation/records';
import { recoverStacks } from '../../../scripts/local-aws/cloudformation/recover';
import { iamResourceTypes } from '../../../scripts/local-aws/iam/resource-types';
import { putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole, roles, type Role } from '../../../scripts/local-aws/iam/roles';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import { createBucket } from '../../../scripts/local-aws/s3/buckets';
import { putObject } from '../../../scripts/local-aws/s3/objects';
import { s3ResourceTypes } from '../../../scripts/local-aws/s3/resource-types';
import { putParameter } from '../../../scripts/local-aws/ssm/parameters';
import { ssmResourceTypes } from '../../../scripts/local-aws/ssm/resource-types';
import { createRoleSession } from '../../../scripts/local-aws/sts/sessions';
import { freshCloud, history, region, settled } from './cloud';

const cloud = freshCloud(() => [...ssmResourceTypes, ...s3ResourceTypes, ...iamResourceTypes]);

const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

/** The role with which CloudFormation acts, with these statements and no others. */
function role(...statements: JsonObject[]): Role {
  const made = roles(cloud.local).get('exec') ?? createRole(cloud.local, 'exec', '/', trust);
  putRolePolicy(made, 'p', { Version: '2012-10-17', Statement: statements });
  return made;
}

const allow = (Action: string | string[], Resource: string | string[] = '*', more: JsonObject = {}): JsonObject => ({ Effect: 'Allow', Action, Resource, ...more });
const inRegion = (name: string): JsonObject => ({ Condition: { StringEquals: { 'aws:RequestedRegion': name } } });
const parameterActions = allow('ssm:*');
const parameter = (Value: string, more: JsonObject = {}): JsonObject => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value }, ...more });
const body = (resources: JsonObject): string => JSON.stringify({ Resources: resources });

async function create(roleArn: string | undefined, resources: JsonObject, Tags: Tag[] = []): Promise<string | undefined> {
  await cloud.client.send(new CreateStackCommand({ StackName: 'Made', RoleARN: roleArn, Tags, TemplateBody: body(resources), Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  return (await settled(cloud, 'Made')).StackStatus;
}

async function update(resources: JsonObject): Promise<string | undefined> {
  await cloud.client.send(new UpdateStackCommand({ StackName: 'Made', TemplateBody: body(resources) }));
  return (await settled(cloud, 'Made')).StackStatus;
}

describe('as its role CloudFormation', () => {
  it('fails what is denied with the reason of the service, and takes the rest back', async () => {
    const { arn } = role(parameterActions, allow(['s3:CreateBucket']));
    expect(await create(arn, { First: parameter('a'), Bucket: { Type: 'AWS::S3::Bucket', DependsOn: 'First', Properties: { BucketName: 'a-bucket' } } })).toBe('ROLLBACK_COMPLETE');
    const told = await history(cloud, 'Made');
    expect(told).toContainEqual(expect.stringMatching(
      /^Bucket CREATE_FAILED Resource handler returned message: "User: arn:aws:sts::000000000000:assumed-role\/exec\/AWSCloudFormation is not authorized to perform: s3:PutBucketTagging on resource: "arn:aws:s3:::a-bucket" because no identity-based policy allows the s3:PutBucketTagging action \(Service: S3, Status Code: 403, Request ID: [\da-f-]{36}\) \(SDK Attempt Count: 1\)" \(RequestToken: [\da-f-]{36}, HandlerErrorCode: AccessDenied\)$/,
    ) as string);
    expect(told).toContain('First DELETE_COMPLETE');
  });

  it('rolls back with the same role, which may not be able to', async () => {
    const { arn } = role(allow(['ssm:PutParameter', 'ssm:AddTagsToResource', 'ssm:GetParameters']));
    expect(await create(arn, { First: parameter('a'), Bucket: { Type: 'AWS::S3::Bucket', DependsOn: 'First' } })).toBe('ROLLBACK_FAILED');
    expect(await history(cloud, 'Made')).toContainEqual(expect.stringMatching(/^First DELETE_FAILED .*ssm:DeleteParameter on resource: arn:aws:ssm:us-west-2:000000000000:parameter\/p because/) as string);
  });

  it('keeps to it in updates, in their rollback and in deletion', async () => {
    const { arn } = role(parameterActions);
    expect(await create(arn, { First: parameter('a') })).toBe('CREATE_COMPLETE');
    role(parameterActions, { Effect: 'Deny', Action: 'ssm:PutParameter', Resource: '*' });
    expect(await update({ First: parameter('b') })).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await history(cloud, 'Made')).toContainEqual(expect.stringMatching(/^First UPDATE_FAILED .*ssm:PutParameter on resource: \S+ with an explicit deny in an identity-based policy/) as string);
    role(allow(['ssm:PutParameter', 'ssm:GetParameters']));
    await cloud.client.send(new ContinueUpdateRollbackCommand({ StackName: 'Made' }));
    expect((await settled(cloud, 'Made')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    await cloud.client.send(new DeleteStackCommand({ StackName: 'Made' }));
    expect(await settled(cloud, 'Made')).toMatchObject({ StackStatus: 'DELETE_FAILED' });
    role(parameterActions);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'Made' }));
    await expect(settled(cloud, 'Made')).rejects.toThrow('does not exist');
  });

  it('goes by the role of the request that deletes', async () => {
    expect(await create(role(parameterActions).arn, { First: parameter('a') })).toBe('CREATE_COMPLETE');
    const other = createRole(cloud.local, 'other', '/', trust);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'Made', RoleARN: other.arn }));
    expect(await settled(cloud, 'Made')).toMatchObject({ StackStatus: 'DELETE_FAILED', RoleARN: other.arn });
  });

  it('calls IAM in its own region, and the rest in the stack\'s', async () => {
    const resources = { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } }, First: parameter('a') };
    const { arn } = role(allow('iam:*', '*', inRegion('us-east-1')), allow('ssm:*', '*', inRegion(region)));
    expect(await create(arn, resources)).toBe('CREATE_COMPLETE');
  });

  it('goes on with the same role after it was killed', async () => {
    expect(await create(role(parameterActions).arn, { First: parameter('a') })).toBe('CREATE_COMPLETE');
    role(allow('ssm:GetParameters'));
    for (const stack of stacks(cloud.local).values()) stack.status = 'DELETE_IN_PROGRESS';
    await recoverStacks(cloud.local, new Map(ssmResourceTypes.map((type) => [type.name, type])));
    expect(await settled(cloud, 'Made')).toMatchObject({ StackStatus: 'DELETE_FAILED' });
  });

  it('is judged by the policy of a bucket too', async () => {
    const statement = { Effect: 'Deny', Action: 's3:PutBucketVersioning', Resource: 'arn:aws:s3:::a-bucket', Principal: '*' };
    const { arn } = role(allow('s3:*'));
    const stack = (properties: JsonObject): JsonObject => ({
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a-bucket', ...properties } },
      Policy: { Type: 'AWS::S3::BucketPolicy', DependsOn: 'Bucket', Properties: { Bucket: 'a-bucket', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } },
    });
    expect(await create(arn, stack({}))).toBe('CREATE_COMPLETE');
    expect(await update(stack({ VersioningConfiguration: { Status: 'Enabled' } }))).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await history(cloud, 'Made')).toContainEqual(expect.stringMatching(/^Bucket UPDATE_FAILED .*s3:PutBucketVersioning on resource: "arn:aws:s3:::a-bucket" with an explicit deny in a resource-based policy/) as string);
  });

  it('may do what the policy of a bucket alone allows', async () => {
    const statement = { Effect: 'Allow', Action: 's3:DeleteBucketPolicy', Resource: 'arn:aws:s3:::a-bucket', Principal: { AWS: 'arn:aws:iam::000000000000:role/exec' } };
    const { arn } = role(allow(['s3:CreateBucket', 's3:PutBucketTagging', 's3:ListBucket', 's3:DeleteBucket', 's3:GetBucketPolicy', 's3:PutBucketPolicy']));
    const Policy = { Type: 'AWS::S3::BucketPolicy', DependsOn: 'Bucket', Properties: { Bucket: 'a-bucket', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } };
    expect(await create(arn, { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a-bucket' } }, Policy })).toBe('CREATE_COMPLETE');
    await cloud.client.send(new DeleteStackCommand({ StackName: 'Made' }));
    await expect(settled(cloud, 'Made')).rejects.toThrow('does not exist');
  });

  it('reads template parameters from Parameter Store as the role', async () => {
    putParameter(cloud.local, region, { name: '/version', type: 'String', value: '30', tags: {}, allowedPattern: null, overwrite: false });
    const TemplateBody = JSON.stringify({ Parameters: { V: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } }, Resources: { P: parameter('a') } });
    const { arn } = role(allow(['ssm:PutParameter', 'ssm:AddTagsToResource']));
    await expect(cloud.client.send(new CreateStackCommand({ StackName: 'Made', RoleARN: arn, TemplateBody }))).rejects.toThrow(
      expect.objectContaining({ name: 'ValidationError', message: expect.stringContaining('not authorized to perform: ssm:GetParameters on resource: arn:aws:ssm:us-west-2:000000000000:parameter/version') as string }) as Error,
    );
    await expect(create(arn, { P: parameter('{{resolve:ssm:/version}}') })).rejects.toThrow('is not authorized to perform: ssm:GetParameters');
  });

  it('sends the tags of what it makes, the stack\'s included', async () => {
    const Condition = { StringEquals: { 'aws:RequestTag/team': 'x' }, 'ForAllValues:StringLike': { 'aws:TagKeys': ['team', 'aws:cloudformation:*'] } };
    const { arn } = role(allow(['ssm:PutParameter', 'ssm:AddTagsToResource'], '*', { Condition }), allow(['ssm:GetParameters', 'ssm:DeleteParameter']));
    expect(await create(arn, { First: parameter('a') }, [{ Key: 'team', Value: 'x' }])).toBe('CREATE_COMPLETE');
    await cloud.client.send(new DeleteStackCommand({ StackName: 'Made' }));
    await expect(settled(cloud, 'Made')).rejects.toThrow('does not exist');
    expect(await create(arn, { First: parameter('a') }, [{ Key: 'team', Value: 'y' }])).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'Made')).toContainEqual(expect.stringMatching(/^First CREATE_FAILED .*not authorized to perform: ssm:PutParameter/) as string);
  });

  it.each([
    ['ssm:ResourceTag/team', parameter('a')],
    ['aws:SourceIp', parameter('a')],
    ['aws:Nothing', parameter('a')],
    ['aws:RequestTag/team', { Type: 'AWS::S3::Bucket' }],
    ['aws:TagKeys', { Type: 'AWS::S3::Bucket' }],
  ])('refuses loudly to judge a condition on %s', async (key, First) => {
    const { arn } = role(parameterActions, allow('s3:*'), allow(['ssm:*', 's3:*'], '*', { Condition: { 'ForAnyValue:StringEquals': { [key]: 'x' } } }));
    expect(await create(arn, { First })).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'Made')).toContainEqual(expect.stringContaining(`First CREATE_FAILED The local AWS does not model the condition key ${key} of this request`) as string);
  });
});

describe('without a role CloudFormation', () => {
  it('acts as who calls, through itself', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = createRoleSession(cloud.local, role(allow('ssm:*', '*', { Condition: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' }, Bool: { 'aws:ViaAWSService': 'true' } } })).arn, 'job', 900);
    await cloud.clientOf({ accessKeyId, secretAccessKey, sessionToken }).send(new CreateStackCommand({ StackName: 'Made', TemplateBody: body({ First: parameter('a'), Bucket: { Type: 'AWS::S3::Bucket', DependsOn: 'First' } }) }));
    expect((await settled(cloud, 'Made')).StackStatus).toBe('ROLLBACK_COMPLETE');
    const told = await history(cloud, 'Made');
    expect(told).toContain('First CREATE_COMPLETE');
    expect(told).toContainEqual(expect.stringMatching(/^Bucket CREATE_FAILED .*User: arn:aws:sts::000000000000:assumed-role\/exec\/job is not authorized to perform: s3:CreateBucket/) as string);
  });

  it('reads a template in S3 as who calls, not as the role', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = createRoleSession(cloud.local, role(allow(['s3:GetObject'], 'arn:aws:s3:::templates/mine/*')).arn, 'job', 900);
    const read = (path: string) => () => cloud.clientOf({ accessKeyId, secretAccessKey, sessionToken }).send(new ValidateTemplateCommand({ TemplateURL: `http://127.0.0.1/templates/${path}` }));
    await expect(read('mine/t.json')()).rejects.toThrow('The specified bucket does not exist');
    await expect(read('theirs/t.json')()).rejects.toThrow('S3 error: Access Denied');
  });

  it('reads one that the policy of its bucket lets them read, unless something else may limit that', async () => {
    const reader = role(allow('ssm:*'));
    const { accessKeyId, secretAccessKey, sessionToken } = createRoleSession(cloud.local, reader.arn, 'job', 900);
    const read = () => cloud.clientOf({ accessKeyId, secretAccessKey, sessionToken }).send(new ValidateTemplateCommand({ TemplateURL: 'http://127.0.0.1/templates/t.json' }));
    const bucket = createBucket(cloud.local, 'templates', region);
    putObject(cloud.local, 'templates', 't.json', Buffer.from(body({ First: parameter('a') })), {});
    await expect(read()).rejects.toThrow('S3 error: Access Denied');
    bucket.policy = { Version: '2012-10-17', Statement: [{ ...allow('s3:GetObject', 'arn:aws:s3:::templates/*'), Principal: { AWS: reader.arn } }] };
    expect(await read()).toMatchObject({ Parameters: [] });
    reader.permissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await expect(read()).rejects.toThrow('does not model a bucket policy that allows what a permissions boundary or a session policy may limit');
  });

  it('lets the developer of this machine do everything', async () => {
    expect(await create(undefined, { Bucket: { Type: 'AWS::S3::Bucket' }, First: parameter('a') })).toBe('CREATE_COMPLETE');
  });
});
