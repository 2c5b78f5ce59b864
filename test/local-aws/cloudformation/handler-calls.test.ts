import { handlerCalls, permissionsOfTypes } from '../../../scripts/local-aws/cloudformation/handlers/calls';
import type { HandlerCall, HandlerTask } from '../../../scripts/local-aws/cloudformation/handlers/permissions';
import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import { resourceTypes } from '../../../scripts/local-aws/resource-types';
import { account, memoryAws } from '../memory-aws';

const region = 'us-west-2';
const tag = (Key: string, Value = 'v'): JsonObject => ({ Key, Value });
const inline = (name: string): JsonObject => ({ PolicyName: name, PolicyDocument: {} });

type Task = Partial<Omit<HandlerTask, 'context'>> & Pick<HandlerTask, 'operation'>;

function callsOf(type: string, task: Task): readonly HandlerCall[] {
  const permissions = permissionsOfTypes.get(type);
  if (permissions === undefined) throw new Error(type);
  const context: ResourceContext = { local: memoryAws(), region, stackName: 'S', stackId: 'S', logicalId: 'L', suffix: 'abcdefghijkl' };
  const properties = task.properties ?? {};
  const id = task.id ?? permissions.name?.(context, properties) ?? '';
  return handlerCalls(permissions, { before: {}, ...task, context, id, properties });
}

/** `Action resource` of each call, with short ARNs. */
function asked(type: string, task: Task): string[] {
  return callsOf(type, task).map(({ action, resource }) => `${action} ${resource.replace(/^arn:aws:\w+:[^:]*:\d*:/, '')}`);
}

describe('the handlers', () => {
  it('are known of every type', () => {
    expect([...resourceTypes.keys()].filter((type) => type !== 'AWS::CDK::Metadata').toSorted()).toEqual([...permissionsOfTypes.keys()].toSorted());
  });

  const role1 = `arn:aws:iam::${account}:role/r`;
  const apiArn = encodeURIComponent(`arn:aws:apigateway:${region}::/apis/a`);
  const boundary = `arn:aws:iam::${account}:policy/b`;
  it.each<[string, Task, string[]]>([
    ['AWS::Lambda::Function', { operation: 'create', properties: { Role: role1, Code: { S3Bucket: 'b', S3Key: 'k' } } }, [
      'lambda:CreateFunction function:S-L-abcdefghijkl', 'lambda:TagResource function:S-L-abcdefghijkl', 'lambda:GetFunction function:S-L-abcdefghijkl', 'iam:PassRole role/r', 's3:GetObject b/k']],
    ['AWS::Lambda::Function', { operation: 'update', id: 'f', properties: { Role: role1, MemorySize: 256 }, before: { Role: role1, MemorySize: 128 } }, ['lambda:GetFunction function:f', 'lambda:UpdateFunctionConfiguration function:f']],
    ['AWS::Lambda::Function', { operation: 'update', id: 'f', properties: { Code: { S3Bucket: 'b', S3Key: 'l' } }, before: { Code: { S3Bucket: 'b', S3Key: 'k' }, Tags: [tag('a')] } }, ['lambda:GetFunction function:f', 'lambda:UpdateFunctionCode function:f', 'lambda:UntagResource function:f', 's3:GetObject b/l']],
    ['AWS::Lambda::Function', { operation: 'delete', id: 'f' }, ['lambda:DeleteFunction function:f', 'lambda:GetFunction function:f']],
    ['AWS::Lambda::Permission', { operation: 'create', properties: { FunctionName: `arn:aws:lambda:${region}:${account}:function:f` } }, ['lambda:AddPermission function:f']],
    ['AWS::DynamoDB::Table', { operation: 'create', properties: { TableName: 't', BillingMode: 'PAY_PER_REQUEST', PointInTimeRecoverySpecification: {} } }, ['dynamodb:CreateTable table/t', 'dynamodb:DescribeTable table/t', 'dynamodb:UpdateContinuousBackups table/t']],
    ['AWS::Logs::LogGroup', { operation: 'update', id: 'g', properties: {}, before: { RetentionInDays: 7 } }, ['logs:DescribeLogGroups log-group::*', 'logs:DeleteRetentionPolicy log-group:g:*']],
    ['AWS::ApiGatewayV2::Route', { operation: 'create', properties: { ApiId: 'a' } }, ['apigateway:POST /apis/a/routes']],
    ['AWS::ApiGatewayV2::Route', { operation: 'delete', id: 'r', properties: { ApiId: 'a' } }, ['apigateway:GET /apis/a/routes/r', 'apigateway:DELETE /apis/a/routes/r']],
    ['AWS::ApiGatewayV2::Stage', { operation: 'create', properties: { ApiId: 'a', StageName: '$default' } }, ['apigateway:POST /apis/a/stages', 'apigateway:TagResource /apis/a/stages/$default']],
    ['AWS::ApiGatewayV2::Stage', { operation: 'delete', id: 's', properties: { ApiId: 'a', AccessLogSettings: {} } }, ['apigateway:DELETE /apis/a/stages/s', 'logs:DeleteLogDelivery *']],
    ['AWS::IAM::Role', { operation: 'create', properties: { RoleName: 'n', Path: '/x/', ManagedPolicyArns: ['m'], Policies: [inline('i')], Tags: [tag('a')] } }, [
      'iam:CreateRole role/x/n', 'iam:TagRole role/x/n', 'iam:GetRole role/x/n', 'iam:AttachRolePolicy role/x/n', 'iam:PutRolePolicy role/x/n']],
    ['AWS::IAM::Role', { operation: 'update', id: 'n', properties: { ManagedPolicyArns: ['m'], Policies: [] }, before: { ManagedPolicyArns: ['o'], Policies: [inline('i')], PermissionsBoundary: boundary } }, [
      'iam:GetRole role/n', 'iam:DeleteRolePermissionsBoundary role/n', 'iam:AttachRolePolicy role/n', 'iam:DetachRolePolicy role/n', 'iam:DeleteRolePolicy role/n']],
    ['AWS::IAM::Policy', { operation: 'update', id: 'p', properties: { PolicyName: 'p', Roles: ['a'] }, before: { PolicyName: 'p', Roles: ['a', 'b'] } }, ['iam:PutRolePolicy role/a', 'iam:DeleteRolePolicy role/b']],
    ['AWS::KMS::Alias', { operation: 'delete', id: 'alias/a', properties: { AliasName: 'alias/a', TargetKeyId: 'k' } }, ['kms:DeleteAlias alias/a', 'kms:DeleteAlias key/k']],
    ['AWS::KMS::Key', { operation: 'update', id: 'k', properties: { Enabled: false }, before: {} }, ['kms:DescribeKey key/k', 'kms:DisableKey key/k']],
    ['AWS::ApiGatewayV2::Api', { operation: 'update', id: 'a', properties: { Tags: { b: '1' } }, before: { Tags: { a: '1' } } }, [
      'apigateway:PATCH /apis/a', 'apigateway:GET /apis/a', `apigateway:PUT /tags/${apiArn}`, `apigateway:DELETE /tags/${apiArn}`]],
    ['AWS::IAM::Role', { operation: 'update', id: 'n', properties: { Tags: [tag('a'), tag('b', 'w')] }, before: { Tags: [tag('a'), tag('b'), tag('c')] } }, ['iam:GetRole role/n', 'iam:TagRole role/n', 'iam:UntagRole role/n']],
    ['AWS::S3::Bucket', { operation: 'update', id: 'b', properties: {}, before: { VersioningConfiguration: {} } }, ['s3:ListBucket b', 's3:PutBucketVersioning b']],
  ])('of %s ask for what they call: %j', (type, task, calls) => {
    expect(asked(type, task)).toEqual(calls);
  });

  it('have the tags in the calls that take them, and the keys of those that go in the call that takes them away', () => {
    const tagged = [...resourceTypes.values()].filter(({ name, tagging }) => tagging !== undefined && name !== 'AWS::S3::Bucket');
    const given = { RoleName: 'r', Url: 'https://gitlab.com', ApiId: 'a', StageName: 's' };
    expect(Object.fromEntries(tagged.map(({ name, tagging }) => {
      const tags = (key: string) => ({ Tags: tagging?.form === 'map' ? { [key]: 'v' } : [tag(key)] });
      const keys = (task: Pick<HandlerTask, 'operation' | 'before'>) => callsOf(name, { ...task, id: 'i', properties: { ...given, ...tags('new') } })
        .flatMap(({ action, context }) => (context?.['aws:TagKeys']?.length ? [`${action.split(':')[1]} ${String(context['aws:TagKeys'])}`] : []));
      return [name.replace('AWS::', ''), [keys({ operation: 'create', before: {} }), keys({ operation: 'update', before: { ...given, ...tags('old') } })]];
    }))).toEqual({
      'ApiGatewayV2::Api': [['POST new', 'PUT new'], ['PUT new', 'DELETE old']],
      'ApiGatewayV2::Stage': [['POST new', 'TagResource new'], ['POST new', 'DELETE old']],
      'DynamoDB::Table': [['CreateTable new', 'TagResource new'], ['TagResource new', 'UntagResource old']],
      'ECR::Repository': [['CreateRepository new', 'TagResource new'], ['TagResource new', 'UntagResource old']],
      'IAM::OIDCProvider': [['CreateOpenIDConnectProvider new', 'TagOpenIDConnectProvider new'], ['TagOpenIDConnectProvider new', 'UntagOpenIDConnectProvider old']],
      'IAM::Role': [['CreateRole new', 'TagRole new'], ['TagRole new', 'UntagRole old']],
      'KMS::Key': [['CreateKey new', 'TagResource new'], ['TagResource new', 'UntagResource old']],
      'Lambda::Function': [['CreateFunction new', 'TagResource new'], ['TagResource new', 'UntagResource old']],
      'Logs::LogGroup': [['CreateLogGroup new', 'TagResource new'], ['TagResource new', 'UntagResource old']],
      'SSM::Parameter': [['PutParameter new', 'AddTagsToResource new'], ['AddTagsToResource new', 'RemoveTagsFromResource old']],
    });
  });

  it.each<[string, JsonObject]>([
    ['AWS::S3::Bucket', {}],
    ['AWS::SSM::Parameter', { Type: 'String', Value: 'v' }],
    ['AWS::ECR::Repository', {}],
    ['AWS::Logs::LogGroup', {}],
    ['AWS::IAM::Role', { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] } }],
    ['AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } }],
    ['AWS::IAM::OIDCProvider', { Url: 'https://gitlab.com' }],
  ])('of %s ask for the very name that they make up then', async (type, properties) => {
    const context: ResourceContext = { local: memoryAws(), region, stackName: 'Stack', stackId: 'S', logicalId: 'Logical', suffix: 'aBCdefghijkl' };
    const made = await resourceTypes.get(type)?.create(context, properties);
    expect(made?.physicalId).toBe(permissionsOfTypes.get(type)?.name?.(context, properties));
  });
});
