import { authorizer } from '../../../scripts/local-aws/iam/authorize';
import { putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole, roles, type Role } from '../../../scripts/local-aws/iam/roles';
import type { JsonObject } from '../../../scripts/local-aws/resource';
import type { Protocol } from '../../../scripts/local-aws/service';
import { createRoleSession, developerSession, findSession } from '../../../scripts/local-aws/sts/sessions';
import { account, memoryAws } from '../memory-aws';

const local = memoryAws();
const table = `arn:aws:dynamodb:us-west-2:${account}:table/Notes`;

function role(...statements: JsonObject[]): Role {
  roles(local).clear();
  const made = createRole(local, 'notes', '/', {});
  putRolePolicy(made, 'p', { Version: '2012-10-17', Statement: statements });
  return made;
}

const items = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table };

describe('authorizer', () => {
  test.each<[Protocol, string, number]>([
    ['query-xml', 'AccessDenied', 403],
    ['rest-xml', 'AccessDenied', 403],
    ['json-1.0', 'AccessDeniedException', 400],
    ['json-1.1', 'AccessDeniedException', 400],
    ['rest-json', 'AccessDeniedException', 403],
  ])('speaks as a service of %s does', (protocol, code, status) => {
    const authorize = authorizer(local, createRoleSession(local, role(items).arn, 'run', 900), { protocol });
    expect(() => authorize('dynamodb:GetItem', table)).not.toThrow();
    expect(() => authorize('dynamodb:PutItem', table)).toThrow(
      expect.objectContaining({
        code,
        status,
        message: `User: arn:aws:sts::${account}:assumed-role/notes/run is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
      }) as Error,
    );
  });

  test.each<[string, JsonObject]>([
    ['aws:PrincipalArn', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/notes` } }],
    ['aws:PrincipalAccount', { StringEquals: { 'aws:PrincipalAccount': account } }],
    ['aws:userid', { StringLike: { 'aws:userid': 'AROA*:run' } }],
    ['aws:PrincipalTag of the role', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }],
    ['aws:PrincipalTag of the session, over the role', { StringEquals: { 'aws:PrincipalTag/stage': 'test' } }],
    ['aws:RequestedRegion', { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } }],
    ['aws:SourceIp', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }],
    ['aws:CurrentTime', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
    ['aws:ResourceTag of the call', { StringEquals: { 'aws:ResourceTag/a': 'b' } }],
    ['no aws:username', { Null: { 'aws:username': 'true' } }],
  ])('knows %s', (_case, condition) => {
    const made = role({ ...items, Condition: condition }, { Effect: 'Deny', NotAction: 'dynamodb:GetItem', Resource: '*' });
    made.tags = { team: 'red', stage: 'production' };
    const session = createRoleSession(local, made.arn, 'run', 900, { tags: { stage: 'test' } });
    const authorize = authorizer(local, session, { region: 'us-west-2' });
    expect(() => authorize('dynamodb:GetItem', table, { 'aws:ResourceTag/a': 'b' })).not.toThrow();
  });

  test('sees at once what changes in the policies of a role', () => {
    const made = role(items);
    const authorize = authorizer(local, createRoleSession(local, made.arn, 'run', 900));
    authorize('dynamodb:GetItem', table);
    putRolePolicy(made, 'p', { Statement: { ...items, Effect: 'Deny' } });
    expect(() => authorize('dynamodb:GetItem', table)).toThrow('with an explicit deny in an identity-based policy');
  });

  test('denies a session whose role was deleted, also when another has its name', () => {
    const authorize = authorizer(local, createRoleSession(local, role(items).arn, 'run', 900));
    roles(local).clear();
    expect(() => authorize('dynamodb:GetItem', table)).toThrow('The security token included in the request is invalid.');
    role(items);
    expect(() => authorize('dynamodb:GetItem', table)).toThrow('The security token included in the request is invalid.');
  });

  test('lets the developer of this machine do everything', () => {
    const credentials = { accessKeyId: 'ASIAZZZZZZZZZZZZZZZZ', secretAccessKey: 's'.repeat(40), sessionToken: 't', expiration: new Date('2999-01-01') };
    developerSession(local, credentials, 'me');
    const session = findSession(local, credentials.accessKeyId);
    expect(session).toMatchObject({ roleArn: null, secretAccessKey: credentials.secretAccessKey });
    expect(() => session !== null && authorizer(local, session)('iam:DeleteRole', '*')).not.toThrow();
  });
});
