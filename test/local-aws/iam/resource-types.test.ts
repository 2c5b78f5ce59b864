import { authorizer } from '../../../scripts/local-aws/iam/authorize';
import { customerPolicies, getManagedPolicy } from '../../../scripts/local-aws/iam/managed-policies';
import { oidcProviders } from '../../../scripts/local-aws/iam/oidc-providers';
import { iamResourceTypes } from '../../../scripts/local-aws/iam/resource-types';
import { attachRolePolicy, putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { findRole, getRole, roles } from '../../../scripts/local-aws/iam/roles';
import { evaluateTrust } from '../../../scripts/local-aws/iam/trust';
import type { JsonObject, ResourceContext, ResourceState, ResourceType } from '../../../scripts/local-aws/resource';
import { createRoleSession } from '../../../scripts/local-aws/sts/sessions';
import { account, memoryAws } from '../memory-aws';

const local = memoryAws();
const context: ResourceContext = { local, region: 'us-west-2', stackName: 'NotesStack', stackId: 'x', logicalId: 'HandlerServiceRole11EF7C63' };
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };

beforeEach(() => {
  roles(local).clear();
  customerPolicies(local).clear();
  oidcProviders(local).clear();
});

function typeOf(name: string): ResourceType {
  const type = iamResourceTypes.find((each) => each.name === `AWS::IAM::${name}`);
  if (type === undefined) throw new Error(name);
  return type;
}

function create(name: string, properties: JsonObject): Promise<ResourceState> {
  return typeOf(name).create(context, properties);
}

const allow = (...actions: string[]): JsonObject => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });

/** A call by a new session of the role. */
function call(roleName: string, action: string): () => void {
  return () => authorizer(local, createRoleSession(local, getRole(local, roleName).arn, 'test', 900))(action, '*');
}

/** Whether a new session of the role may do it. */
function may(roleName: string, action: string): boolean {
  try {
    call(roleName, action)();
    return true;
  } catch {
    return false;
  }
}

describe('AWS::IAM::Role', () => {
  test("has CloudFormation's name where it has none, and what its attributes say", async () => {
    const { physicalId, attributes } = await create('Role', { AssumeRolePolicyDocument: trust, Path: '/app/' });
    expect(physicalId).toMatch(/^NotesStack-HandlerServiceRole11EF7C63-[A-Za-z0-9]{12}$/);
    expect(attributes).toEqual({ Arn: `arn:aws:iam::${account}:role/app/${physicalId}`, RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/) as string });
  });

  test('a long name is cut to 64 characters', async () => {
    const long = { ...context, stackName: 'S'.repeat(60), logicalId: 'L'.repeat(60) };
    const { physicalId } = await typeOf('Role').create(long, { AssumeRolePolicyDocument: trust });
    expect(physicalId).toMatch(/^S{25}-L{25}-[A-Za-z0-9]{12}$/);
  });

  test('with a name that is taken, in any case, it fails', async () => {
    await create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'notes' });
    await expect(create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'Notes' })).rejects.toThrow('Notes already exists');
  });

  test.each<[string, JsonObject, string]>([
    ['no trust policy', {}, 'AssumeRolePolicyDocument'],
    ['a trust policy with a resource', { AssumeRolePolicyDocument: { ...trust, Statement: [{ ...trust.Statement[0], Resource: '*' }] } }, 'Has prohibited field Resource'],
    ['a trust policy of other actions', { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*' } } }, 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['a trust policy for a role that is not there', { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/gone` }, Action: 'sts:AssumeRole' } } }, 'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/gone"'],
    ['an operator that is not modelled', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: { BinaryEquals: { a: 'b' } } } } }] }, 'condition operator BinaryEquals'],
    ['a policy with a principal', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' } } }] }, 'Policy document should not specify a principal.'],
    ['an action without its service', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: allow('GetObject') }] }, 'prefaced by a vendor'],
    ['a resource that is no ARN', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: 'notes' } } }] }, 'Resource notes must be in ARN format or "*".'],
    ["a policy of AWS's that is not modelled", { AssumeRolePolicyDocument: trust, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEC2FullAccess'] }, 'does not model the managed policy arn:aws:iam::aws:policy/AmazonEC2FullAccess'],
    ['a policy that is not there', { AssumeRolePolicyDocument: trust, ManagedPolicyArns: [`arn:aws:iam::${account}:policy/gone`] }, 'does not exist or is not attachable'],
    ['a boundary that is not there', { AssumeRolePolicyDocument: trust, PermissionsBoundary: `arn:aws:iam::${account}:policy/gone` }, 'does not exist or is not attachable'],
    ['a session of 13 hours', { AssumeRolePolicyDocument: trust, MaxSessionDuration: 46_800 }, 'Member must have value less than or equal to 43200'],
    ['a name with a slash', { AssumeRolePolicyDocument: trust, RoleName: 'a/b' }, 'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'],
    ['an empty name', { AssumeRolePolicyDocument: trust, RoleName: '' }, "Value '' at 'roleName' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    ['a name of 65 characters', { AssumeRolePolicyDocument: trust, RoleName: 'r'.repeat(65) }, "rrr' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64"],
    ['policies past 10240 characters', { AssumeRolePolicyDocument: trust, Policies: [{ PolicyName: 'p', PolicyDocument: allow(`s3:${'a'.repeat(10_240)}`) }] }, 'Maximum policy size of 10240 bytes exceeded for role'],
  ])('with %s it fails, and leaves nothing', async (_case, properties, reason) => {
    await expect(create('Role', properties)).rejects.toThrow(reason);
    expect(roles(local).size).toBe(0);
  });

  test('an update changes what the template says, and keeps what others attached', async () => {
    const before = { AssumeRolePolicyDocument: trust, RoleName: 'notes', ManagedPolicyArns: [basic], Policies: [{ PolicyName: 'old', PolicyDocument: allow('s3:GetObject') }], Tags: [{ Key: 'a', Value: '1' }], MaxSessionDuration: 7200 };
    const after = { AssumeRolePolicyDocument: JSON.stringify(trust), RoleName: 'notes', Policies: [{ PolicyName: 'new', PolicyDocument: allow('s3:PutObject') }], Tags: [{ Key: 'b', Value: '2' }] };
    const state = await create('Role', before);
    putRolePolicy(getRole(local, 'notes'), 'foreign', allow('ssm:GetParameter'));
    expect(['logs:PutLogEvents', 's3:GetObject', 's3:PutObject', 'ssm:GetParameter'].map((action) => may('notes', action))).toEqual([true, true, false, true]);
    expect(await typeOf('Role').update(context, state, before, after)).toEqual(state);
    expect(['logs:PutLogEvents', 's3:GetObject', 's3:PutObject', 'ssm:GetParameter'].map((action) => may('notes', action))).toEqual([false, false, true, true]);
    expect(getRole(local, 'notes')).toMatchObject({ tags: { b: '2' }, maxSessionDuration: 3600 });
  });

  test('its deletion takes what the template gave, and fails on what others gave', async () => {
    const properties = { AssumeRolePolicyDocument: trust, RoleName: 'notes', ManagedPolicyArns: [basic], Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }] };
    const state = await create('Role', properties);
    attachRolePolicy(local, getRole(local, 'notes'), 'arn:aws:iam::aws:policy/ReadOnlyAccess');
    await expect(typeOf('Role').delete(context, state, properties)).rejects.toThrow('Cannot delete entity, must detach all policies first.');
    getRole(local, 'notes').attachedPolicies = [];
    putRolePolicy(getRole(local, 'notes'), 'foreign', allow('s3:*'));
    await expect(typeOf('Role').delete(context, state, properties)).rejects.toThrow('Cannot delete entity, must delete policies first.');
    getRole(local, 'notes').inlinePolicies = {};
    await typeOf('Role').delete(context, state, properties);
    expect(findRole(local, 'notes')).toBeNull();
    await expect(typeOf('Role').delete(context, state, properties)).resolves.toBeUndefined();
  });
});

/** A role `target` that trusts another. */
function trusting(name: string): JsonObject {
  return { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/${name}` }, Action: 'sts:AssumeRole' } }, RoleName: 'target' };
}

function targetTrustsCaller(): string {
  const principal = { kind: 'AWS', account, arns: [`arn:aws:iam::${account}:role/caller`] } as const;
  return evaluateTrust(local, `arn:aws:iam::${account}:role/target`, { action: 'sts:AssumeRole', principal, context: {} }).decision;
}

describe('a role that trusts a role', () => {
  test('trusts none that is later made under its name, until its policy is put again', async () => {
    await create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'caller' });
    const state = await create('Role', trusting('caller'));
    expect(targetTrustsCaller()).toBe('allow');
    roles(local).delete('caller');
    await create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'caller' });
    await typeOf('Role').update(context, state, trusting('caller'), { ...trusting('caller'), Description: 'changed' });
    expect(targetTrustsCaller()).toBe('implicit-deny');
    await typeOf('Role').update(context, state, { AssumeRolePolicyDocument: trust, RoleName: 'target' }, trusting('caller'));
    expect(targetTrustsCaller()).toBe('allow');
  });
});

describe('AWS::IAM::Policy', () => {
  const policy = typeOf('Policy');
  const properties = { PolicyName: 'handler', PolicyDocument: allow('dynamodb:GetItem'), Roles: ['one'] };

  beforeEach(async () => {
    for (const RoleName of ['one', 'two']) await create('Role', { AssumeRolePolicyDocument: trust, RoleName });
  });

  test('allows its roles what it says, follows its changes, and goes', async () => {
    const state = await policy.create(context, properties);
    expect(state.physicalId).toMatch(/^Notes-Handl-[A-Za-z0-9]{12}$/);
    expect([may('one', 'dynamodb:GetItem'), may('two', 'dynamodb:GetItem')]).toEqual([true, false]);
    const moved = { PolicyName: 'renamed', PolicyDocument: allow('dynamodb:PutItem'), Roles: ['two'] };
    await policy.update(context, state, properties, moved);
    expect([getRole(local, 'one').inlinePolicies, Object.keys(getRole(local, 'two').inlinePolicies)]).toEqual([{}, ['renamed']]);
    await policy.delete(context, state, moved);
    expect(may('two', 'dynamodb:PutItem')).toBe(false);
  });

  test('without roles, or with one that is not there, it fails', async () => {
    await expect(policy.create(context, { ...properties, Roles: [] })).rejects.toThrow('At least one of [Groups,Roles,Users] must be non-empty.');
    await expect(policy.create(context, { ...properties, Roles: ['one', 'gone'] })).rejects.toThrow('The role with name gone cannot be found.');
    expect(getRole(local, 'one').inlinePolicies).toEqual({});
  });

  test('its deletion succeeds after its role is gone', async () => {
    const state = await policy.create(context, properties);
    roles(local).clear();
    await expect(policy.delete(context, state, properties)).resolves.toBeUndefined();
  });
});

describe('AWS::IAM::ManagedPolicy', () => {
  const managed = typeOf('ManagedPolicy');
  const properties = { ManagedPolicyName: 'boundary', PolicyDocument: allow('s3:*') };
  const arn = `arn:aws:iam::${account}:policy/boundary`;

  test('can be attached, changed in place, and is not deleted while a role has it', async () => {
    const state = await managed.create(context, properties);
    expect(state).toMatchObject({ physicalId: arn, attributes: { PolicyArn: arn, DefaultVersionId: 'v1', AttachmentCount: 0 } });
    await create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'notes', ManagedPolicyArns: [arn] });
    const changed = await managed.update(context, state, properties, { ...properties, PolicyDocument: allow('ssm:*') });
    expect(changed.attributes).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 1 });
    expect([may('notes', 's3:GetObject'), may('notes', 'ssm:GetParameter')]).toEqual([false, true]);
    await expect(managed.delete(context, state, properties)).rejects.toThrow('Cannot delete a policy attached to entities.');
    getRole(local, 'notes').attachedPolicies = [];
    await managed.delete(context, state, properties);
    expect(() => getManagedPolicy(local, arn)).toThrow('does not exist');
  });

  test('attaches itself to its roles, and leaves those that an update no longer names', async () => {
    for (const RoleName of ['one', 'two']) await create('Role', { AssumeRolePolicyDocument: trust, RoleName });
    const state = await managed.create(context, { ...properties, Roles: ['one'] });
    await managed.update(context, state, { ...properties, Roles: ['one'] }, { ...properties, Roles: ['two'] });
    expect([may('one', 's3:GetObject'), may('two', 's3:GetObject')]).toEqual([false, true]);
    await managed.delete(context, state, { ...properties, Roles: ['two'] });
    expect(getRole(local, 'two').attachedPolicies).toEqual([]);
  });

  test('with a name that is taken it fails', async () => {
    await managed.create(context, properties);
    await expect(managed.create(context, properties)).rejects.toThrow('A policy called boundary already exists. Duplicate names are not allowed.');
  });

  test('as a boundary it limits what the role may do, and does not widen it', async () => {
    await managed.create(context, properties);
    await create('Role', { AssumeRolePolicyDocument: trust, RoleName: 'notes', PermissionsBoundary: arn, Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:GetObject', 'ssm:*') }] });
    expect(call('notes', 's3:GetObject')).not.toThrow();
    expect(call('notes', 'ssm:GetParameter')).toThrow('because no permissions boundary allows the ssm:GetParameter action');
    expect(call('notes', 's3:PutObject')).toThrow('because no identity-based policy allows the s3:PutObject action');
  });
});

describe('AWS::IAM::OIDCProvider', () => {
  const provider = typeOf('OIDCProvider');
  const properties = { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] };
  const arn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

  test('is one for each issuer', async () => {
    const state = await provider.create(context, properties);
    expect(state).toEqual({ physicalId: arn, attributes: { Arn: arn } });
    await expect(provider.create(context, properties)).rejects.toThrow('Provider with url https://token.actions.githubusercontent.com already exists.');
    await provider.update(context, state, properties, { ...properties, ClientIdList: ['other'] });
    expect(oidcProviders(local).get(arn)?.clientIds).toEqual(['other']);
    await provider.delete(context, state, properties);
    expect(oidcProviders(local).size).toBe(0);
  });

  test.each(['http://token.actions.githubusercontent.com', 'https://', 'token.example', 'https://issuer.example?x=1', 'http://127.0.0.1.example'])('does not take %s', async (Url) => {
    await expect(provider.create(context, { Url })).rejects.toThrow('Invalid Open ID Connect Provider URL');
  });
});

test('no type takes groups or users, which the local AWS has not', () => {
  expect(iamResourceTypes.map(({ name, properties }) => [name, 'Groups' in properties || 'Users' in properties])).toEqual([
    ['AWS::IAM::Role', false],
    ['AWS::IAM::Policy', false],
    ['AWS::IAM::ManagedPolicy', false],
    ['AWS::IAM::OIDCProvider', false],
  ]);
});
