import { authorizer } from '../../../scripts/local-aws/iam/authorize';
import { findRole, roles } from '../../../scripts/local-aws/iam/roles';
import { evaluateTrust, serviceCanAssume, verifyServiceCanAssume } from '../../../scripts/local-aws/iam/trust';
import { createRoleSession } from '../../../scripts/local-aws/sts/sessions';
import { account, memoryAws } from '../memory-aws';
import { bootstrapRoles } from './bootstrap-roles';

const region = 'us-west-2';
const local = memoryAws();
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/cdk-hnb659fds-${name}-role-${account}-${region}`;
const bucket = `arn:aws:s3:::cdk-hnb659fds-assets-${account}-${region}`;
const version = `arn:aws:ssm:${region}:${account}:parameter/cdk-bootstrap/hnb659fds/version`;
const stack = `arn:aws:cloudformation:${region}:${account}:stack/Notes/1`;

beforeAll(() => bootstrapRoles(local, region));

/** What the role's session is told of a call: nothing where it is allowed. */
function told(role: string, action: string, resource: string, context?: Record<string, string>): string {
  const session = createRoleSession(local, roleArn(role), 'test', 3600);
  try {
    authorizer(local, session, { region })(action, resource, context);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the roles of CDK's bootstrap template", () => {
  test('are the five, with the tags that mark them', () => {
    expect([...roles(local).values()].map(({ name, tags }) => [name.replace('cdk-hnb659fds-', '').replace(`-${account}-${region}`, ''), tags['aws-cdk:bootstrap-role']])).toEqual([
      ['file-publishing-role', 'file-publishing'],
      ['image-publishing-role', 'image-publishing'],
      ['lookup-role', 'lookup'],
      ['deploy-role', 'deploy'],
      ['cfn-exec-role', undefined],
    ]);
  });

  test.each([
    ['deploy', 'iam:PassRole', roleArn('cfn-exec')],
    ['deploy', 'cloudformation:CreateChangeSet', stack],
    ['deploy', 'cloudformation:DeleteStack', stack],
    ['deploy', 'cloudformation:DescribeStackEvents', stack],
    ['deploy', 'ssm:GetParameter', version],
    ['deploy', 's3:GetObject', `${bucket}/template.json`],
    ['file-publishing', 's3:PutObject', `${bucket}/asset.zip`],
    ['file-publishing', 's3:ListBucket', bucket],
    ['file-publishing', 's3:GetBucketLocation', bucket],
    ['lookup', 'ssm:GetParameter', version],
    ['lookup', 'cloudformation:GetTemplate', stack],
    ['image-publishing', 'ecr:GetAuthorizationToken', '*'],
    ['cfn-exec', 'dynamodb:CreateTable', `arn:aws:dynamodb:${region}:${account}:table/Notes`],
  ])('%s may %s', (role, action, resource) => {
    expect(told(role, action, resource)).toBe('');
  });

  test.each([
    ['deploy', 'iam:PassRole', roleArn('deploy')],
    ['deploy', 's3:PutObject', `${bucket}/template.json`],
    ['deploy', 'ssm:GetParameter', `${version}2`],
    ['deploy', 'iam:CreateRole', roleArn('other')],
    ['file-publishing', 's3:PutObject', 'arn:aws:s3:::another/asset.zip'],
    ['file-publishing', 's3:DeleteBucket', bucket],
    ['file-publishing', 'cloudformation:DescribeStacks', stack],
    ['lookup', 's3:PutObject', `${bucket}/asset.zip`],
    ['lookup', 'ssm:PutParameter', version],
    ['image-publishing', 'ecr:PutImage', `arn:aws:ecr:${region}:${account}:repository/other`],
  ])('%s may not %s', (role, action, resource) => {
    const user = `arn:aws:sts::${account}:assumed-role/cdk-hnb659fds-${role}-role-${account}-${region}/test`;
    expect(told(role, action, resource)).toBe(`User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`);
  });

  test('lookup may not decrypt, by an explicit deny', () => {
    expect(told('lookup', 'kms:Decrypt', `arn:aws:kms:${region}:${account}:key/1`)).toMatch(/with an explicit deny in an identity-based policy$/);
  });

  test('deploy reaches the artifacts of other accounts only', () => {
    expect(told('deploy', 's3:PutObject', 'arn:aws:s3:::theirs/a', { 's3:ResourceAccount': '444455556666' })).toBe('');
  });

  test('deploy decrypts for S3 alone', () => {
    const key = `arn:aws:kms:${region}:444455556666:key/1`;
    expect(told('deploy', 'kms:Decrypt', key, { 'kms:ViaService': `s3.${region}.amazonaws.com` })).toBe('');
    expect(told('deploy', 'kms:Decrypt', key)).not.toBe('');
  });
});

describe('who they trust', () => {
  const caller = { kind: 'AWS', account, arns: [] } as const;

  test('this account, without an external id where that is denied', () => {
    const role = findRole(local, roleArn('deploy').split('/')[1] ?? '');
    const trusts = (context: Record<string, string>): string => evaluateTrust(local, role?.arn ?? '', { action: 'sts:AssumeRole', principal: caller, context }).decision;
    expect([trusts({}), trusts({ 'sts:ExternalId': 'x' })]).toEqual(['allow', 'implicit-deny']);
  });

  test('no other account', () => {
    expect(evaluateTrust(local, roleArn('lookup'), { action: 'sts:AssumeRole', principal: { ...caller, account: '444455556666' }, context: {} }).decision).toBe('implicit-deny');
  });

  test('CloudFormation alone as the execution role', () => {
    expect(serviceCanAssume(local, roleArn('cfn-exec'), 'cloudformation.amazonaws.com')).toBe(true);
    expect(() => verifyServiceCanAssume(local, roleArn('cfn-exec'), 'lambda.amazonaws.com')).toThrow('The role defined for the function cannot be assumed by Lambda.');
    expect(evaluateTrust(local, roleArn('cfn-exec'), { action: 'sts:AssumeRole', principal: caller, context: {} }).decision).toBe('implicit-deny');
  });
});
