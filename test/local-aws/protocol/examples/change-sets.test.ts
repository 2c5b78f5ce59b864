import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DescribeChangeSetCommand, ExecuteChangeSetCommand, ListChangeSetsCommand, type CreateChangeSetCommandInput,
} from '@aws-sdk/client-cloudformation';
import { date, openProof } from '../proof';
import { settledStatus } from '../../settled-stack';

const proof = openProof();
const cloudformation = proof.watch(new CloudFormationClient(proof.init));
let StackId: string | undefined;
beforeAll(async () => {
  ({ StackId } = await cloudformation.send(new CreateStackCommand({ StackName: 'SampleStack', TemplateBody: body(sample), Parameters: [{ ParameterKey: 'KeyPairName', ParameterValue: 'MyKeyName' }] })));
  await settledStatus(cloudformation, 'SampleStack');
});

const api = (action: string) => `https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_${action}.html`;
const guide = (part: string) => `https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-samples.html#using-cfn-updating-stacks-changesets-samples-${part}`;
const arn = (name: string) => expect.stringMatching(new RegExp(`^arn:aws:cloudformation:us-west-2:000000000000:changeSet/${name}/[\\da-f]{8}-[\\da-f-]{27}$`)) as string;

/** The sample's instance as a parameter of SSM: its Name replaces it as KeyName does, its Value changes in place. */
const sample = (Tags: object = { Purpose: { Ref: 'Purpose' } }) => ({
  MyEC2Instance: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: { Ref: 'KeyPairName' }, Value: { Ref: 'InstanceType' }, Tags } },
});
const body = (Resources: () => object) => JSON.stringify({
  Parameters: {
    Purpose: { Type: 'String', Default: 'testing', AllowedValues: ['testing', 'production'] }, KeyPairName: { Type: 'String' },
    InstanceType: { Type: 'String', Default: 't2.micro', AllowedValues: ['t2.micro', 't2.small', 't2.medium'] },
  },
  Resources: Resources(),
});
const values = (Purpose = 'testing', KeyPairName = 'MyKeyName', InstanceType = 't2.micro') => Object.entries({ Purpose, KeyPairName, InstanceType }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

async function described(ChangeSetName: string, more: Partial<CreateChangeSetCommandInput>) {
  await cloudformation.send(new CreateChangeSetCommand({ StackName: StackId, ChangeSetName, ...more }));
  return cloudformation.send(new DescribeChangeSetCommand({ StackName: 'SampleStack', ChangeSetName }));
}

const told = (ChangeSetName: string, Parameters: object[]) => ({
  StackId: expect.stringMatching(/:stack\/SampleStack\//) as string, Status: 'CREATE_COMPLETE', ChangeSetName, Parameters, CreationTime: date, Capabilities: [], StackName: 'SampleStack', NotificationARNs: [],
  ChangeSetId: arn(ChangeSetName),
});
const modified = { ResourceType: 'AWS::SSM::Parameter', PhysicalResourceId: 'MyKeyName', Action: 'Modify', LogicalResourceId: 'MyEC2Instance' };
const tags = { Attribute: 'Tags', RequiresRecreation: 'Never' };
const property = (Name: string, RequiresRecreation: string) => ({ Attribute: 'Properties', Name, RequiresRecreation });
const open = (Target: object) => ({ ChangeSource: 'DirectModification', Evaluation: 'Dynamic', Target });
const caused = (CausingEntity: string, Target: object) => ({ CausingEntity, ChangeSource: 'ParameterReference', Evaluation: 'Static', Target });
const inAnyOrder = <Entry>(entries: readonly Entry[]) => expect.arrayContaining([...entries]) as Entry[];

/** The new parameter values of each, its template where that is another, and what it would do. */
test.each<[string, string, ReturnType<typeof values>, (() => object) | null, object[]]>([
  [guide('directly-editing-a-template'), 'SampleChangeSet-direct', values(), () => sample({ Purpose: { Ref: 'Purpose' }, More: 'a' }), [
    { Type: 'Resource', ResourceChange: { ...modified, Details: [{ ChangeSource: 'DirectModification', Evaluation: 'Static', Target: tags }], Scope: ['Tags'], Replacement: 'False' } },
  ]],
  [guide('modifying-a-single-input-parameter-value'), 'SampleChangeSet', values('production'), null, [
    { Type: 'Resource', ResourceChange: { ...modified, Details: inAnyOrder([open(tags), caused('Purpose', tags)]), Scope: ['Tags'], Replacement: 'False' } },
  ]],
  [guide('determining-the-value-of-the-replacement-field'), 'SampleChangeSet-multiple', values('production', 'MyNewKeyName', 't2.small'), null, [
    { Type: 'Resource', ResourceChange: {
      ...modified, Scope: inAnyOrder(['Tags', 'Properties']), Replacement: 'True', Details: inAnyOrder([
        open(property('Name', 'Always')), open(property('Value', 'Never')), open(tags), caused('KeyPairName', property('Name', 'Always')), caused('InstanceType', property('Value', 'Never')), caused('Purpose', tags),
      ]),
    } },
  ]],
  [guide('adding-and-removing-resources'), 'SampleChangeSet-addremove', values(), () => ({ LaunchConfig: sample({}).MyEC2Instance }), [
    { Type: 'Resource', ResourceChange: { Action: 'Add', ResourceType: 'AWS::SSM::Parameter', Scope: [], Details: [], LogicalResourceId: 'LaunchConfig' } },
    { Type: 'Resource', ResourceChange: { ...modified, Action: 'Remove', Scope: [], Details: [] } },
  ]],
])('%s', async (_, name, Parameters, resources, Changes) => {
  const answer = await described(name, { Parameters, ...(resources === null ? { UsePreviousTemplate: true } : { TemplateBody: body(resources) }) });
  expect(answer).toMatchObject({ ...told(name, Parameters), Changes });
});

const next = (ChangeSetName: string) => ({
  ChangeSetName, StackName: StackId, UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'KeyPairName', UsePreviousValue: true }, { ParameterKey: 'Purpose', ParameterValue: 'production' }],
});

test(`${api('CreateChangeSet')}, ${api('ListChangeSets')} and ${api('DeleteChangeSet')}`, async () => {
  const { Id } = await cloudformation.send(new CreateChangeSetCommand(next('Listed')));
  expect(Id).toEqual(arn('Listed'));
  expect((await cloudformation.send(new ListChangeSetsCommand({ StackName: StackId }))).Summaries).toEqual(expect.arrayContaining([
    expect.objectContaining({ StackId, Status: 'CREATE_COMPLETE', ChangeSetId: Id, StackName: 'SampleStack', CreationTime: date, ChangeSetName: 'Listed' }),
  ]));
  expect(await cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({ $metadata: { httpStatusCode: 200 } });
});

test(`${api('ExecuteChangeSet')} of a new stack`, async () => {
  const { StackId: executed } = await cloudformation.send(new CreateChangeSetCommand({
    ChangeSetName: 'SampleChangeSet', ChangeSetType: 'CREATE', StackName: 'ExecutedStack', TemplateBody: body(sample), Parameters: values('testing', 'ExecutedKeyName'),
  }));
  const { ChangeSetId } = await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName: 'SampleChangeSet', StackName: executed }));
  expect(await cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }))).toMatchObject({ $metadata: { httpStatusCode: 200 } });
  expect(await settledStatus(cloudformation, 'ExecutedStack')).toBe('CREATE_COMPLETE');
});
