import {
  CreatePolicyCommand, CreateRoleCommand, EntityAlreadyExistsException, GetPolicyCommand, GetRoleCommand, IAMClient, ListAccountAliasesCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand,
  ListRolesCommand, ListRoleTagsCommand, NoSuchEntityException,
} from '@aws-sdk/client-iam';
import { actions } from '../../../scripts/local-aws/iam/service';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const iam = proof.watch(new IAMClient(proof.init));

const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] };
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const policyArn = 'arn:aws:iam::000000000000:policy/division/Listing';

// The API reference's examples, and the members of the other answers, as AWS publishes them with botocore: botocore/data/iam/2010-05-08/examples-1.json
test('every action', async () => {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'Listing', Path: '/division/', Description: 'lists', PolicyDocument: JSON.stringify(document) }));
  const policy = {
    PolicyName: 'Listing', PolicyId: expect.stringMatching(/^ANPA[A-Z\d]+$/) as string, Arn: policyArn, Path: '/division/', DefaultVersionId: 'v1', AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0, IsAttachable: true, Description: 'lists', CreateDate: date, UpdateDate: date,
  };
  expect(Policy).toEqual(policy);
  const Properties = {
    RoleName: 'Test-Role', AssumeRolePolicyDocument: trust, ManagedPolicyArns: [policyArn], Policies: [{ PolicyName: 'inline', PolicyDocument: document }],
    Tags: [{ Key: 'Dept', Value: '12345' }, { Key: 'Team', Value: 'Accounting' }],
  };
  expect(await proof.deploy({ Role: { Type: 'AWS::IAM::Role', Properties } })).toBe('CREATE_COMPLETE');
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'Test-Role' }));
  expect(Role).toEqual({
    Path: '/', RoleName: 'Test-Role', RoleId: expect.stringMatching(/^AROA[A-Z\d]+$/) as string, Arn: 'arn:aws:iam::000000000000:role/Test-Role', CreateDate: date,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)), MaxSessionDuration: 3600, Tags: Properties.Tags, RoleLastUsed: {},
  });
  const { Roles = [], IsTruncated } = await iam.send(new ListRolesCommand({}));
  expect([Roles.map(({ RoleName }) => RoleName), IsTruncated]).toEqual([expect.arrayContaining(['Test-Role']), false]);
  expect(await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'Test-Role' }))).toMatchObject({ AttachedPolicies: [{ PolicyName: 'Listing', PolicyArn: policyArn }], IsTruncated: false });
  expect(await iam.send(new ListRolePoliciesCommand({ RoleName: 'Test-Role' }))).toMatchObject({ PolicyNames: ['inline'], IsTruncated: false });
  expect(await iam.send(new ListRoleTagsCommand({ RoleName: 'Test-Role' }))).toMatchObject({ Tags: Properties.Tags, IsTruncated: false });
  expect((await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }))).Policy).toEqual({ ...policy, AttachmentCount: 1 });
  // An account has at most one alias; this one has none.
  expect(await iam.send(new ListAccountAliasesCommand({}))).toMatchObject({ AccountAliases: [], IsTruncated: false });
  expect([...proof.answered].toSorted()).toEqual([...actions.keys()].toSorted());
});

test('errors', async () => {
  const create = (PolicyName: string, PolicyDocument: string) => iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  await create('taken', JSON.stringify(document));
  await expect(iam.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toBeInstanceOf(NoSuchEntityException);
  await expect(create('taken', JSON.stringify(document))).rejects.toBeInstanceOf(EntityAlreadyExistsException);
  expect(await refusal(iam.send(new GetRoleCommand({ RoleName: 'none' })))).toEqual(['NoSuchEntityException', 404]);
  expect(await refusal(iam.send(new GetPolicyCommand({ PolicyArn: `${policyArn}-none` })))).toEqual(['NoSuchEntityException', 404]);
  expect(await refusal(create('taken', JSON.stringify(document)))).toEqual(['EntityAlreadyExistsException', 409]);
  expect(await refusal(create('broken', '{'))).toEqual(['MalformedPolicyDocumentException', 400]);
  expect(await refusal(iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: '{}' })))).toEqual(['UnsupportedOperation', 501]);
});
