import {
  AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand, MalformedPolicyDocumentException, STSClient,
  type AssumeRoleCommandInput,
} from '@aws-sdk/client-sts';
import { actions, unsignedActions } from '../../../scripts/local-aws/sts/service';
import { date, openProof, refusal, type Proof } from './proof';

const proof = openProof();
const sts = proof.watch(new STSClient(proof.init));

const RoleArn = 'arn:aws:iam::000000000000:role/demo';
const assume = (input: Partial<AssumeRoleCommandInput> = {}) => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'testAssumeRoleSession', ...input }));

const as = (credentials: Partial<Proof['aws']['credentials']>) => proof.watch(new STSClient({ ...proof.init, credentials: { ...proof.aws.credentials, ...credentials } })).send(new GetCallerIdentityCommand({}));

// The API reference's examples, as AWS publishes them with botocore: botocore/data/sts/2011-06-15/examples-1.json
test('every signed action that a session may call', async () => {
  const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'sts:ExternalId': '123ABC' } } }] };
  expect(await proof.deploy({ Demo: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'demo', AssumeRolePolicyDocument } } })).toBe('CREATE_COMPLETE');
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Stmt1', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] });
  const Tags = [{ Key: 'Project', Value: 'Unicorn' }, { Key: 'Team', Value: 'Automation' }, { Key: 'Cost-Center', Value: '12345' }];
  const { AssumedRoleUser, Credentials } = await assume({ ExternalId: '123ABC', Policy, Tags, TransitiveTagKeys: ['Project', 'Cost-Center'] });
  expect(AssumedRoleUser).toEqual({ Arn: 'arn:aws:sts::000000000000:assumed-role/demo/testAssumeRoleSession', AssumedRoleId: expect.stringMatching(/^AROA[A-Z\d]+:testAssumeRoleSession$/) as string });
  expect(Credentials).toEqual({ AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string, SecretAccessKey: expect.stringMatching(/^[\w/+]{40}$/) as string, SessionToken: expect.any(String) as string, Expiration: date });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '000000000000', Arn: expect.stringMatching(/^arn:aws:sts::000000000000:assumed-role\//) as string, UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:/) as string,
  });
  expect(await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: Credentials?.AccessKeyId }))).toMatchObject({ Account: '000000000000' });
  expect(await refusal(assume({ ExternalId: 'other' }))).toEqual(['AccessDenied', 403]);
  await expect(assume({ ExternalId: '123ABC', Policy: '{' })).rejects.toBeInstanceOf(MalformedPolicyDocumentException);
  // Sessions may call neither; what is answered to a token of an identity provider, web-identity.test.ts tells.
  expect(await refusal(sts.send(new GetSessionTokenCommand({ DurationSeconds: 3600 })))).toEqual(['AccessDenied', 403]);
  expect(await refusal(sts.send(new GetFederationTokenCommand({ Name: 'testFedUserSession' })))).toEqual(['AccessDenied', 403]);
  expect([...proof.answered, 'GetSessionToken', 'GetFederationToken', 'AssumeRoleWithWebIdentity'].toSorted()).toEqual([...actions.keys(), ...unsignedActions.keys()].toSorted());
});

test('errors', async () => {
  expect(await refusal(assume({ RoleArn: `${RoleArn}-none` }))).toEqual(['AccessDenied', 403]);
  expect(await refusal(assume({ RoleSessionName: 'a b' }))).toEqual(['ValidationError', 400]);
  expect(await refusal(assume({ DurationSeconds: 1 }))).toEqual(['ValidationError', 400]);
  expect(await refusal(assume({ DurationSeconds: 900.5 }))).toEqual(['MalformedInput', 400]);
  expect(await refusal(assume({ ExternalId: '123ABC', Tags: [{ Key: 'team', Value: 'a' }, { Key: 'Team', Value: 'b' }] }))).toEqual(['InvalidParameterValue', 400]);
  expect(await refusal(sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIA' })))).toEqual(['ValidationError', 400]);
  expect(await refusal(as({ accessKeyId: 'ASIAQAAAAAAAAAAAAAAA' }))).toEqual(['InvalidClientTokenId', 403]);
  expect(await refusal(as({ secretAccessKey: 'x'.repeat(40) }))).toEqual(['SignatureDoesNotMatch', 403]);
  expect(await refusal(as({ sessionToken: 'x' }))).toEqual(['InvalidClientTokenId', 403]);
});
