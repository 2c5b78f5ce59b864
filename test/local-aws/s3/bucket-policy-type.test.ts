import { authorizer } from '../../../scripts/local-aws/iam/authorize';
import { putRolePolicy } from '../../../scripts/local-aws/iam/role-policies';
import { createRole } from '../../../scripts/local-aws/iam/roles';
import type { JsonObject, ResourceContext } from '../../../scripts/local-aws/resource';
import { bucketPolicyType } from '../../../scripts/local-aws/s3/bucket-policy-type';
import { putObject } from '../../../scripts/local-aws/s3/objects';
import { s3Service } from '../../../scripts/local-aws/s3/service';
import type { LocalRequest } from '../../../scripts/local-aws/service';
import { createRoleSession, type Session } from '../../../scripts/local-aws/sts/sessions';
import { account, S3Box } from './s3-box';

let box: S3Box;
beforeEach(() => (box = new S3Box()));
afterEach(() => box.close());

function context(): ResourceContext {
  return { local: box.local, region: 'us-west-2', stackName: 'Notes', stackId: 'arn:aws:cloudformation:us-west-2:1:stack/Notes/1', logicalId: 'Bucket83908E77' };
}

const statement = (effect: string, extra: JsonObject): JsonObject => ({ Effect: effect, Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::box', 'arn:aws:s3:::box/*'], ...extra });
const policy = (...statements: JsonObject[]): JsonObject => ({ Bucket: 'box', PolicyDocument: { Version: '2012-10-17', Statement: statements } });
const onlyTls = statement('Deny', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

function reader(allowed: readonly string[]): Session {
  putObject(box.local, 'box', 'k', Buffer.from('x'), {});
  const role = createRole(box.local, 'Reader', '/', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }] });
  if (allowed.length > 0) putRolePolicy(role, 'p', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...allowed], Resource: '*' }] });
  return createRoleSession(box.local, role.arn, 'test', 900);
}

async function read(session: Session, method = 'GET'): Promise<string> {
  const request: LocalRequest = {
    method,
    url: new URL('http://127.0.0.1:4566/box/k'),
    headers: {},
    body: Buffer.from(''),
    region: 'us-west-2',
    caller: session.caller,
    authorize: authorizer(box.local, session, { protocol: 'rest-xml', region: 'us-west-2' }),
  };
  try {
    await s3Service(box.local).handle(request);
    return 'served';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('AWS::S3::BucketPolicy', () => {
  it("lets pass what the bootstrap template's policy lets pass", async () => {
    await bucketPolicyType.create(context(), policy(onlyTls));
    expect(await read(reader(['s3:GetObject']))).toBe('served');
  });

  it('denies what the bucket denies, whoever allows it, until it goes', async () => {
    const state = await bucketPolicyType.create(context(), policy(onlyTls, statement('Deny', { Action: 's3:DeleteObject' })));
    const someone = reader(['s3:*']);
    expect(await read(someone, 'DELETE')).toMatch(/not authorized to perform: s3:DeleteObject on resource: "arn:aws:s3:::box\/k" with an explicit deny in a resource-based policy$/);
    expect(await read(someone)).toBe('served');
    await bucketPolicyType.update(context(), state, policy(onlyTls), policy(statement('Deny', { Action: 's3:GetObject' })));
    expect(await read(someone)).toMatch(/explicit deny in a resource-based policy$/);
    await bucketPolicyType.delete(context(), state, policy(onlyTls));
    expect(await read(someone, 'DELETE')).toBe('served');
  });

  it('allows a role of its account what the role itself is not allowed', async () => {
    const someone = reader([]);
    expect(await read(someone)).toMatch(/no identity-based policy allows the s3:GetObject action/);
    await bucketPolicyType.create(context(), policy(statement('Allow', { Principal: { AWS: `arn:aws:iam::${account}:role/Reader` }, Action: 's3:GetObject' })));
    expect(await read(someone)).toBe('served');
    expect(await read(someone, 'PUT')).toMatch(/no identity-based policy allows the s3:PutObject action/);
  });

  it('leaves it to no one where a session policy narrows the caller', async () => {
    const { roleArn } = reader([]);
    const narrowed = createRoleSession(box.local, roleArn ?? '', 'narrow', 900, { policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] } });
    await bucketPolicyType.create(context(), policy(statement('Allow', { Action: 's3:GetObject' })));
    expect(await read(narrowed)).toMatch(/does not model a bucket policy that allows what/);
  });

  it.each<[string, JsonObject, string]>([
    ['names no one', policy({ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::box' }), 'MalformedPolicy'],
    ['is about another bucket', policy(statement('Deny', { Resource: 'arn:aws:s3:::other/*' })), 'MalformedPolicy'],
    ['is for a bucket that is not there', { ...policy(onlyTls), Bucket: 'none' }, 'NoSuchBucket'],
  ])('is refused where it %s', async (_, properties, code) => {
    await expect(bucketPolicyType.create(context(), properties)).rejects.toMatchObject({ code });
  });

  it('is one for each bucket', async () => {
    expect(await bucketPolicyType.create(context(), policy(onlyTls))).toEqual({ physicalId: 'box', attributes: {} });
    await expect(bucketPolicyType.create(context(), policy(onlyTls))).rejects.toThrow('The bucket policy already exists on bucket box.');
    expect(JSON.parse((await box.call('GET', '/box?policy', {})).body.toString())).toEqual(policy(onlyTls)['PolicyDocument']);
  });
});
