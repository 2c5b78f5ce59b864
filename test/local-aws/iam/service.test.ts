import { putRolePolicy, attachRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole, roles } from '../../../scripts/local-aws/iam/roles';
import { iamService } from '../../../scripts/local-aws/iam/service';
import { temporaryKeyId } from '../../../scripts/local-aws/sts/key-ids';
import { createRoleSession, developerSession } from '../../../scripts/local-aws/sts/sessions';
import { account, memoryAws } from '../memory-aws';
import { serveQuery } from '../query-server';

const local = memoryAws();
const developer = { accessKeyId: temporaryKeyId(account), secretAccessKey: 's'.repeat(40), sessionToken: 't'.repeat(40), expiration: new Date('2999-01-01') };
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
let server: Awaited<ReturnType<typeof serveQuery>>;

beforeAll(async () => {
  server = await serveQuery(local, iamService(local));
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  roles(local).clear();
  developerSession(local, developer, 'me');
});

async function call(action: string, parameters: Record<string, string>, accessKeyId: string = developer.accessKeyId): Promise<{ status: number; xml: string }> {
  const response = await fetch(server.endpoint, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261124/us-east-1/iam/aws4_request` },
    body: new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString(),
  });
  return { status: response.status, xml: await response.text() };
}

describe('iam', () => {
  test('GetRole tells all of a role, its trust policy percent-encoded', async () => {
    const role = createRole(local, 'notes', '/app/', trust);
    role.tags = { team: 'red & blue' };
    const { status, xml } = await call('GetRole', { RoleName: 'notes' });
    expect(status).toBe(200);
    expect(xml).toContain('<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/app/</Path><RoleName>notes</RoleName>');
    expect(xml).toContain(`<Arn>arn:aws:iam::${account}:role/app/notes</Arn>`);
    expect(xml).toContain('<Tags><member><Key>team</Key><Value>red &amp; blue</Value></member></Tags>');
    const [, document = ''] = /<AssumeRolePolicyDocument>(.*)<\/AssumeRolePolicyDocument>/.exec(xml) ?? [];
    expect(JSON.parse(decodeURIComponent(document))).toEqual(trust);
  });

  test('lists roles and what is attached to them', async () => {
    const role = createRole(local, 'notes', '/', trust);
    attachRolePolicy(local, role, 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
    putRolePolicy(role, 'own', { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });
    expect((await call('ListAttachedRolePolicies', { RoleName: 'notes' })).xml).toContain(
      '<AttachedPolicies><member><PolicyName>AWSLambdaBasicExecutionRole</PolicyName><PolicyArn>arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>',
    );
    expect((await call('ListRolePolicies', { RoleName: 'notes' })).xml).toContain('<PolicyNames><member>own</member></PolicyNames>');
    expect((await call('ListRoles', {})).xml).toContain('<RoleName>notes</RoleName>');
    expect((await call('ListRoles', { PathPrefix: '/other/' })).xml).toContain('<Roles></Roles>');
    for (const [action, parameters] of [['ListRoles', { MaxItems: '1' }], ['ListAttachedRolePolicies', { RoleName: 'notes', PathPrefix: '/own/' }]] as const) {
      expect(await call(action, parameters)).toMatchObject({ status: 501, xml: expect.stringMatching(/does not model (MaxItems of iam:ListRoles|PathPrefix of iam:ListAttachedRolePolicies)\./) as string });
    }
  });

  test('ListAccountAliases has none, for whoever may ask', async () => {
    expect(await call('ListAccountAliases', {})).toMatchObject({ status: 200, xml: expect.stringContaining('<AccountAliases></AccountAliases><IsTruncated>false</IsTruncated>') as string });
    const session = createRoleSession(local, createRole(local, 'notes', '/', trust).arn, 'me', 3600);
    expect(await call('ListAccountAliases', {}, session.accessKeyId)).toMatchObject({ status: 403 });
  });

  test('makes the permissions boundary of `bootstrap --example-permissions-boundary`, once', async () => {
    const arn = `arn:aws:iam::${account}:policy/cdk-hnb659fds-permissions-boundary`;
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Action: ['*'], Resource: '*', Effect: 'Allow', Sid: 'ExplicitAllowAll' }] });
    const missing = await call('GetPolicy', { PolicyArn: arn });
    expect([missing.status, missing.xml]).toEqual([404, expect.stringContaining('<Code>NoSuchEntity</Code>')]);
    expect((await call('CreatePolicy', { PolicyName: 'cdk-hnb659fds-permissions-boundary', PolicyDocument: document })).xml).toContain(`<Arn>${arn}</Arn>`);
    expect((await call('GetPolicy', { PolicyArn: arn })).xml).toContain('<DefaultVersionId>v1</DefaultVersionId>');
    expect((await call('CreatePolicy', { PolicyName: 'cdk-hnb659fds-permissions-boundary', PolicyDocument: document })).xml).toContain('<Code>EntityAlreadyExists</Code>');
    expect((await call('CreatePolicy', { PolicyName: 'broken', PolicyDocument: '{' })).xml).toContain('<Code>MalformedPolicyDocument</Code>');
  });

  test('tells a role nothing that it may not know', async () => {
    const session = createRoleSession(local, createRole(local, 'notes', '/', trust).arn, 'run', 900);
    for (const RoleName of ['notes', 'gone']) {
      const { status, xml } = await call('GetRole', { RoleName }, session.accessKeyId);
      expect([status, xml]).toEqual([403, expect.stringContaining(`is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${account}:role/${RoleName} because no identity-based policy allows the iam:GetRole action`)]);
    }
    expect((await call('GetRole', { RoleName: 'gone' })).status).toBe(404);
  });

  test.each(['CreateUser', 'DeleteRole', 'PutRolePolicy'])('%s is not modelled, and says so', async (action) => {
    const { status, xml } = await call(action, {});
    expect([status, xml]).toEqual([501, expect.stringContaining(`The local AWS does not model iam:${action}.`)]);
  });
});
