import { AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand, STSClient, type AssumeRoleCommandInput, type AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import { attachRolePolicy, putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole, findRole, roles, type Role } from '../../../scripts/local-aws/iam/roles';
import type { Json, JsonObject } from '../../../scripts/local-aws/resource';
import { temporaryKeyId } from '../../../scripts/local-aws/sts/key-ids';
import { stsService } from '../../../scripts/local-aws/sts/service';
import { createRoleSession, developerSession, findSession, type Session } from '../../../scripts/local-aws/sts/sessions';
import { account, memoryAws } from '../memory-aws';
import { serveQuery } from '../query-server';

const local = memoryAws();
const developer = { accessKeyId: temporaryKeyId(account), secretAccessKey: 's'.repeat(40), sessionToken: 't'.repeat(100), expiration: new Date('2999-01-01') };
const developerArn = `arn:aws:sts::${account}:assumed-role/LocalDeveloper/me`;
const clients: STSClient[] = [];
let server: Awaited<ReturnType<typeof serveQuery>>;

beforeAll(async () => {
  // The client must not look into this machine's AWS files.
  Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  server = await serveQuery(local, stsService(local));
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await server[Symbol.asyncDispose]();
});
beforeEach(() => {
  roles(local).clear();
  developerSession(local, developer, 'me');
});

function clientOf(credentials: Pick<Session, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>): STSClient {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const client = new STSClient({ region: 'us-west-2', endpoint: server.endpoint, credentials: { accessKeyId, secretAccessKey, sessionToken }, maxAttempts: 1 });
  clients.push(client);
  return client;
}

const trustOf = (principal: Json, more: JsonObject = {}): JsonObject => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: ['sts:AssumeRole', 'sts:TagSession'], ...more }],
});

function role(name: string, trust: JsonObject = trustOf({ AWS: account }), ...policies: JsonObject[]): Role {
  const made = createRole(local, name, '/', trust);
  policies.forEach((statement, index) => putRolePolicy(made, `p${index}`, { Version: '2012-10-17', Statement: { Effect: 'Allow', Resource: '*', ...statement } }));
  return made;
}

function assume(input: Partial<AssumeRoleCommandInput> = {}, as: Parameters<typeof clientOf>[0] = developer): Promise<AssumeRoleCommandOutput> {
  return clientOf(as).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/target`, RoleSessionName: 'run', ...input }));
}

/** What a session that has this session policy is told of GetAccessKeyInfo. */
async function infoWithin(actions: string): Promise<string> {
  const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } };
  const { Credentials } = await assume({ Policy: JSON.stringify(policy) });
  const session = findSession(local, Credentials?.AccessKeyId ?? '') ?? developer;
  return refusal(clientOf(session).send(new GetAccessKeyInfoCommand({ AccessKeyId: developer.accessKeyId })));
}

/** `Code: message` of a refusal. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'allowed';
}

describe('GetCallerIdentity', () => {
  test('says who the developer is', async () => {
    expect(await clientOf(developer).send(new GetCallerIdentityCommand())).toMatchObject({ Account: account, Arn: developerArn, UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:me$/) as string });
  });

  test('needs no permission, and works against an explicit deny', async () => {
    const { arn, id } = role('target', trustOf({ AWS: account }), { Effect: 'Deny', Action: '*' });
    const session = createRoleSession(local, arn, 'run', 900);
    expect(await clientOf(session).send(new GetCallerIdentityCommand())).toMatchObject({ Arn: `arn:aws:sts::${account}:assumed-role/target/run`, UserId: `${id}:run` });
  });

  test('does not know a session whose role is gone, or was made anew', async () => {
    const { arn } = role('target');
    const session = createRoleSession(local, arn, 'run', 900);
    roles(local).clear();
    expect(findSession(local, session.accessKeyId)).toBeNull();
    role('target');
    expect(await refusal(clientOf(session).send(new GetCallerIdentityCommand()))).toBe('InvalidClientTokenId: The security token included in the request is invalid.');
  });
});

describe('AssumeRole', () => {
  test('gives credentials that the next call can use, for an hour unless told otherwise', async () => {
    const { id } = role('target');
    const before = Date.now();
    const answer = await clientOf(developer).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/target`, RoleSessionName: 'run' }));
    expect(answer.AssumedRoleUser).toEqual({ Arn: `arn:aws:sts::${account}:assumed-role/target/run`, AssumedRoleId: `${id}:run` });
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = answer.Credentials ?? {};
    expect(AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(SecretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(Math.abs((Expiration?.getTime() ?? 0) - before - 3_600_000)).toBeLessThan(5000);
    const next = clientOf({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken });
    expect((await next.send(new GetCallerIdentityCommand())).Arn).toBe(answer.AssumedRoleUser?.Arn);
  });

  test.each<[string, JsonObject, Partial<AssumeRoleCommandInput>, boolean]>([
    ['the account', trustOf({ AWS: account }), {}, true],
    ['another account', trustOf({ AWS: '444455556666' }), {}, false],
    ['a service', trustOf({ Service: 'lambda.amazonaws.com' }), {}, false],
    ['the account, with its external id', trustOf({ AWS: account }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret-id' } } }), { ExternalId: 'secret-id' }, true],
    ['the account, without it', trustOf({ AWS: account }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret-id' } } }), {}, false],
    ['the account, but tags', trustOf({ AWS: account }, { Action: 'sts:AssumeRole' }), { Tags: [{ Key: 'a', Value: 'b' }] }, false],
    ['the account, with tags', trustOf({ AWS: account }, { Condition: { StringLike: { 'aws:RequestTag/a': '*' } } }), { Tags: [{ Key: 'a', Value: 'b' }] }, true],
    ['this session alone', trustOf({ AWS: developerArn }), {}, true],
    ['sessions of that name', trustOf({ AWS: account }, { Condition: { StringEquals: { 'sts:RoleSessionName': 'other' } } }), {}, false],
    ['the account, not this one', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*' }, { Effect: 'Deny', Principal: { AWS: developerArn }, Action: '*' }] }, {}, false],
  ])('trusts %s', async (_case, trust, input, allowed) => {
    role('target', trust);
    const said = await refusal(assume(input));
    expect(said.startsWith(allowed ? 'allowed' : `AccessDenied: User: ${developerArn} is not authorized to perform: sts:`)).toBe(true);
  });

  test('a role that does not exist is denied as one that trusts nobody', async () => {
    expect(await refusal(assume())).toBe(`AccessDenied: User: ${developerArn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/target`);
  });

  test.each<[string, Json, JsonObject | null, string]>([
    ['trusts the account and the caller may', { AWS: account }, { Action: 'sts:AssumeRole', Condition: { StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': 'deploy' } } }, 'allowed'],
    ['trusts the account and the caller may not', { AWS: account }, null, 'because no identity-based policy allows the sts:AssumeRole action'],
    ['trusts the account and the caller may with another tag', { AWS: account }, { Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:ResourceTag/aws-cdk:bootstrap-role': 'lookup' } } }, 'because no identity-based policy allows'],
    ['names the role, which needs no permission then', { AWS: `arn:aws:iam::${account}:role/caller` }, null, 'allowed'],
    ['names the role, whose own policy denies', { AWS: `arn:aws:iam::${account}:role/caller` }, { Effect: 'Deny', Action: 'sts:*' }, 'with an explicit deny in an identity-based policy'],
    ['names another role', { AWS: `arn:aws:iam::${account}:role/other` }, { Action: 'sts:*' }, 'is not authorized to perform: sts:AssumeRole'],
  ])('between roles: it %s', async (_case, principal, policy, said) => {
    const caller = role('caller', trustOf({ AWS: account }), ...(policy === null ? [] : [policy]));
    role('target', trustOf(principal)).tags = { 'aws-cdk:bootstrap-role': 'deploy' };
    expect(await refusal(assume({}, createRoleSession(local, caller.arn, 'run', 900)))).toContain(said);
  });

  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['a name with a space', { RoleSessionName: 'a b' }, "ValidationError: 1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"],
    ['a short name', { RoleSessionName: 'a' }, "ValidationError: 1 validation error detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2"],
    ['a long name', { RoleSessionName: 'a'.repeat(65) }, 'Member must have length less than or equal to 64'],
    ['an ARN that is none', { RoleArn: 'this-is-not-the-arn-of-a-role' }, 'ValidationError: this-is-not-the-arn-of-a-role is invalid'],
    ['a short time', { DurationSeconds: 899 }, "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"],
    ['a long time', { DurationSeconds: 43_201 }, 'Member must have value less than or equal to 43200'],
    ['more than the role gives', { DurationSeconds: 7201 }, 'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'],
    ['more than chaining gives', { DurationSeconds: 7200 }, 'ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.'],
    ['a policy that is none', { Policy: '{' }, 'MalformedPolicyDocumentException: This policy contains invalid Json'],
    ['a policy that says nothing', { Policy: '{}' }, 'MalformedPolicyDocumentException: Syntax errors in policy.'],
    ['twice a tag', { Tags: [{ Key: 'a', Value: '1' }, { Key: 'A', Value: '2' }] }, 'Duplicate tag keys found'],
    ["a tag of AWS's", { Tags: [{ Key: 'aws:a', Value: '1' }] }, 'System tags cannot be added/updated by requester'],
    ['a transitive key without a tag', { TransitiveTagKeys: ['a'] }, 'One or more specified transitive tag keys are not included in the requested tags.'],
    ['a second factor', { SerialNumber: `arn:aws:iam::${account}:mfa/me`, TokenCode: '123456' }, 'UnsupportedOperation: The local AWS does not model SerialNumber'],
  ])('refuses %s', async (_case, input, said) => {
    role('target').maxSessionDuration = 7200;
    expect(await refusal(assume(input))).toContain(said);
  });

  test('lets transitive tags go on, and nobody change them', async () => {
    attachRolePolicy(local, role('middle'), 'arn:aws:iam::aws:policy/AdministratorAccess');
    role('target', trustOf({ AWS: account }, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }));
    const first = await assume({ RoleArn: `arn:aws:iam::${account}:role/middle`, Tags: [{ Key: 'team', Value: 'red' }, { Key: 'own', Value: '1' }], TransitiveTagKeys: ['team'] });
    const middle = findSession(local, first.Credentials?.AccessKeyId ?? '');
    expect(middle?.tags).toEqual({ team: 'red', own: '1' });
    const second = await assume({}, middle ?? developer);
    expect(findSession(local, second.Credentials?.AccessKeyId ?? '')?.tags).toEqual({ team: 'red' });
    role('silent', trustOf({ AWS: account }, { Action: 'sts:AssumeRole' }));
    expect(await refusal(assume({ RoleArn: `arn:aws:iam::${account}:role/silent` }, middle ?? developer))).toContain('is not authorized to perform: sts:TagSession');
    expect(await refusal(assume({ Tags: [{ Key: 'Team', Value: 'blue' }] }, middle ?? developer))).toContain("One of the specified transitive tag keys can't be set");
  });

  test('a session policy narrows, and cannot widen', async () => {
    role('target', trustOf({ AWS: account }), { Action: 'sts:GetAccessKeyInfo' });
    expect(await infoWithin('sts:*')).toBe('allowed');
    expect(await infoWithin('s3:*')).toContain('because no session policy allows the sts:GetAccessKeyInfo action');
  });
});

describe('the rest of STS', () => {
  test('GetAccessKeyInfo reads the account in a key id', async () => {
    const client = clientOf(developer);
    expect((await client.send(new GetAccessKeyInfoCommand({ AccessKeyId: temporaryKeyId('000000000042') }))).Account).toBe('000000000042');
    expect((await client.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'ASIAY34FZKBOKMUTVV7A' }))).Account).toBe('609629065308');
    expect(await refusal(client.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })))).toContain('Invalid access key ID');
  });

  test('sessions get no further session tokens', async () => {
    expect(await refusal(clientOf(developer).send(new GetSessionTokenCommand()))).toBe('AccessDenied: Cannot call GetSessionToken with session credentials');
    expect(await refusal(clientOf(developer).send(new GetFederationTokenCommand({ Name: 'me' })))).toBe('AccessDenied: Cannot call GetFederationToken with session credentials');
  });

  test('what is not modelled is refused by its name', async () => {
    const { endpoint } = server;
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${developer.accessKeyId}/20261124/us-west-2/sts/aws4_request` },
      body: 'Action=DecodeAuthorizationMessage&Version=2011-06-15',
    });
    expect([response.status, await response.text()]).toEqual([501, expect.stringContaining('does not model sts:DecodeAuthorizationMessage')]);
  });
});

test('sessions of the day before yesterday are forgotten, and of yesterday are not', () => {
  const { arn } = role('target');
  const old = createRoleSession(local, arn, 'old', -2 * 86_400);
  const late = createRoleSession(local, arn, 'late', -3600);
  developerSession(local, developer, 'me');
  expect([findSession(local, old.accessKeyId), findSession(local, late.accessKeyId)?.caller.arn]).toEqual([null, late.caller.arn]);
  expect(findRole(local, 'TARGET')?.arn).toBe(arn);
});
