import { stackChange } from '../../scripts/plan/stack-change';
import type { Template } from '../../scripts/plan/template';

const role = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }] } },
  Metadata: { 'aws:cdk:path': 'App/Service/Role/Resource' },
};
const topic = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'one', DisplayName: 'One' }, Metadata: { 'aws:cdk:path': 'App/Topic/Resource' } };

function policy(...statements: readonly object[]): object {
  return { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role1' }], PolicyDocument: { Statement: statements } } };
}

const publish = { Effect: 'Allow', Action: ['sns:Publish', 'sns:Subscribe'], Resource: { 'Fn::GetAtt': ['Topic1', 'TopicArn'] } };
const never = { Effect: 'Deny', Action: 'sns:DeleteTopic', Resource: '*' };

function other(TopicName: string, DisplayName = 'x'): object {
  return { Type: 'AWS::SNS::Topic', Properties: { TopicName, DisplayName } };
}

function group(SecurityGroupIngress: readonly object[]): object {
  return { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress } };
}

function resources(Resources: Readonly<Record<string, object>>): Template {
  return { Resources };
}

const update = (before: Template, after: Template) => stackChange({ kind: 'deployed', template: before }, after);

describe('stackChange', () => {
  test('a stack that is not there is created, and every permission in it broadens', async () => {
    expect(await stackChange({ kind: 'absent' }, resources({ Role1: role, Topic1: topic, Policy1: policy(publish, never) }))).toEqual({
      kind: 'create',
      resources: 3,
      broadening: [
        'Allow sns:Publish, sns:Subscribe on ${Topic.TopicArn} by AWS:${Service/Role}',
        'Allow sts:AssumeRole on ${Service/Role.Arn} by Service:lambda.amazonaws.com',
      ],
    });
  });

  test('the same template changes nothing, in whatever order its members are', async () => {
    expect(await update({ Resources: { Topic1: topic }, Description: 'd' }, { Description: 'd', Resources: { Topic1: topic } })).toEqual({ kind: 'unchanged', broadening: [] });
  });

  test('a question mark that CloudFormation answers for a letter is no change', async () => {
    expect(await update({ Description: 'Gr??e' }, { Description: 'Grüße' })).toEqual({ kind: 'unchanged', broadening: [] });
  });

  test('but a change beside it is the only one that counts', async () => {
    const before = { Description: 'Gr??e', ...resources({ Topic1: topic }) };
    expect(await update(before, { Description: 'Grüße', ...resources({}) })).toEqual({
      kind: 'update',
      counts: { added: 0, changed: 0, replaced: 0, removed: 1, other: 0 },
      broadening: [],
    });
  });

  test('each resource is counted once, as what becomes of it', async () => {
    const before = { ...resources({ Gone: topic, Stays: topic, Changed: other('c', 'old'), Replaced: other('old') }) };
    const after = { ...resources({ New: topic, Stays: topic, Changed: other('c', 'new'), Replaced: other('new') }), Outputs: { O: { Value: 'x' } } };
    expect(await update(before, after)).toEqual({ kind: 'update', counts: { added: 1, changed: 1, replaced: 1, removed: 1, other: 1 }, broadening: [] });
  });

  test('unknown stays unknown, with its reason', async () => {
    expect(await stackChange({ kind: 'unknown', why: 'because' }, resources({}))).toEqual({ kind: 'unknown', why: 'because' });
  });
});

test('a template that cannot be compared is unknown, not a crash', async () => {
  const broken = resources({ P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['r'] } } });
  expect(await stackChange({ kind: 'absent' }, broken)).toEqual({ kind: 'unknown', why: expect.stringMatching(/^its templates cannot be compared: /) as unknown });
});

describe('what broadens', () => {
  const base = { Role1: role, Topic1: topic };

  async function broadening(before: Readonly<Record<string, object>>, after: Readonly<Record<string, object>>): Promise<unknown> {
    const change = await update(resources({ ...base, ...before }), resources({ ...base, ...after }));
    return change.kind === 'update' ? change.broadening : change;
  }

  test('a statement that denies and goes', async () => {
    expect(await broadening({ P: policy(publish, never) }, { P: policy(publish) })).toEqual(['no longer: Deny sns:DeleteTopic on * by AWS:${Service/Role}']);
  });

  test('not a statement that allows and goes, nor one that denies and comes', async () => {
    expect(await broadening({ P: policy(publish) }, { P: policy(never) })).toEqual([]);
  });

  test('a managed policy', async () => {
    const admin = { ...role, Properties: { ...role.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } };
    expect(await broadening({}, { Role1: admin })).toEqual(['attach arn:aws:iam::aws:policy/AdministratorAccess to ${Service/Role}']);
  });

  test('who may call a function, with the condition', async () => {
    const permission = { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'sns.amazonaws.com', SourceArn: { Ref: 'Topic1' } } };
    expect(await broadening({}, { P: permission })).toEqual([
      'Allow lambda:InvokeFunction on f by Service:sns.amazonaws.com if "ArnLike": { "AWS:SourceArn": "${Topic}" }',
    ]);
  });

  test('rules of security groups, inline and on their own', async () => {
    const egress = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: '-1', CidrIp: '10.0.0.0/8' } };
    expect(await broadening({}, { Group: group([{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' }]), Out: egress })).toEqual([
      'security group ${Group.GroupId}: Everything out to 10.0.0.0/8',
      'security group ${Group.GroupId}: TCP 22 in from Everyone (IPv4)',
    ]);
  });

  test('not a rule that goes', async () => {
    expect(await broadening({ G: group([{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]) }, { G: group([]) })).toEqual([]);
  });

  test('an assignment of IAM Identity Center', async () => {
    const Properties = { InstanceArn: 'i', PermissionSetArn: 'admins', PrincipalType: 'GROUP', PrincipalId: 'g', TargetType: 'AWS_ACCOUNT', TargetId: '111122223333' };
    expect(await broadening({}, { A: { Type: 'AWS::SSO::Assignment', Properties } })).toEqual(['IAM Identity Center: admins for GROUP g in 111122223333']);
  });

  test('no control character of a template reaches a line', async () => {
    const hostile = { Effect: 'Allow', Action: 's3:*\u001B[2K\r\nAllow nothing', Resource: '*\u202E' };
    expect(await broadening({}, { P: policy(hostile) })).toEqual(['Allow s3:* [2K , Allow nothing on * by AWS:${Service/Role}']);
  });
});
