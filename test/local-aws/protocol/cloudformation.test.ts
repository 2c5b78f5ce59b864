import {
  AlreadyExistsException, ChangeSetNotFoundException, CloudFormationClient, ContinueUpdateRollbackCommand, CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DeleteStackCommand,
  DescribeChangeSetCommand, DescribeEventsCommand, DescribeStackEventsCommand, DescribeStackResourceCommand, DescribeStackResourcesCommand, DescribeStacksCommand, ExecuteChangeSetCommand,
  GetStackPolicyCommand, GetTemplateCommand, GetTemplateSummaryCommand, InsufficientCapabilitiesException, InvalidChangeSetStatusException, ListChangeSetsCommand, ListExportsCommand,
  ListHookResultsCommand, ListImportsCommand, ListStackResourcesCommand, ListStacksCommand, ListStackSetsCommand, RollbackStackCommand, SetStackPolicyCommand, UpdateStackCommand,
  UpdateTerminationProtectionCommand, ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { actions } from '../../../scripts/local-aws/cloudformation/service';
import { settledStatus } from '../settled-stack';
import { date, openProof, refusal } from './proof';

const proof = openProof();
const cloudformation = proof.watch(new CloudFormationClient(proof.init));

const text = expect.any(String) as string;
const StackName = 'MyStack';
const stackId = expect.stringMatching(/^arn:aws:cloudformation:us-west-2:000000000000:stack\/MyStack\/[\da-f-]{36}$/) as string;
const parameterOf = (Value: object | string, more: object = {}) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: 'it', Type: 'String', Value }, ...more });
const template = (resources: object, more: object = {}) => JSON.stringify({ Description: 'a stack', Resources: resources, ...more });
const Outputs = { Name: { Value: { Ref: 'It' }, Description: 'its name', Export: { Name: 'name' } } };
const body = template({ It: parameterOf({ Ref: 'Value' }, { Metadata: { 'aws:cdk:path': 'It' } }) }, { Parameters: { Value: { Type: 'String', Default: 'one', Description: 'what it says' } }, Outputs });
const user = template({ User: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'name' } } } });
const broken = (name: string) => template({ It: parameterOf('two'), Broken: { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: 'x', Tier: 'Standard', DataType: 'aws:ec2:image' } } });

const settled = (name = StackName) => settledStatus(cloudformation, name);

// Each member that an answer may have: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html. The examples of these pages are in examples/cloudformation.test.ts.
describe('every action', () => {
  test('of stacks and their resources', async () => {
    expect(await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: body, Tags: [{ Key: 'a', Value: 'b' }] }))).toMatchObject({ StackId: stackId });
    expect(await settled()).toBe('CREATE_COMPLETE');
    const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    expect(stack).toEqual({
      StackId: stackId, StackName, Description: 'a stack', Parameters: [{ ParameterKey: 'Value', ParameterValue: 'one' }], CreationTime: date, RollbackConfiguration: {}, StackStatus: 'CREATE_COMPLETE',
      DisableRollback: false, NotificationARNs: [], Outputs: [{ OutputKey: 'Name', OutputValue: 'it', Description: 'its name', ExportName: 'name' }], Tags: [{ Key: 'a', Value: 'b' }],
      EnableTerminationProtection: false, DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    });
    expect((await cloudformation.send(new ListStacksCommand({}))).StackSummaries).toEqual([
      { StackId: stack?.StackId, StackName, CreationTime: date, StackStatus: 'CREATE_COMPLETE', TemplateDescription: 'a stack', DriftInformation: { StackDriftStatus: 'NOT_CHECKED' } },
    ]);
    const resource = { LogicalResourceId: 'It', PhysicalResourceId: 'it', ResourceType: 'AWS::SSM::Parameter', ResourceStatus: 'CREATE_COMPLETE', DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' } };
    const ofStack = { StackName, StackId: stack?.StackId };
    expect((await cloudformation.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'It' }))).StackResourceDetail).toEqual({ ...ofStack, ...resource, LastUpdatedTimestamp: date, Metadata: '{"aws:cdk:path":"It"}' });
    expect((await cloudformation.send(new DescribeStackResourcesCommand({ StackName }))).StackResources).toEqual([{ ...ofStack, ...resource, Timestamp: date }]);
    expect((await cloudformation.send(new ListStackResourcesCommand({ StackName }))).StackResourceSummaries).toEqual([{ ...resource, LastUpdatedTimestamp: date }]);
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
    expect(StackEvents.at(1)).toEqual({
      ...ofStack, EventId: text, LogicalResourceId: 'It', PhysicalResourceId: 'it', ResourceType: 'AWS::SSM::Parameter', Timestamp: date, ResourceStatus: 'CREATE_COMPLETE',
      ResourceProperties: '{"Name":"it","Type":"String","Value":"one"}',
    });
    expect(JSON.parse((await cloudformation.send(new GetTemplateCommand({ StackName }))).TemplateBody ?? '')).toEqual(JSON.parse(body));
    const Parameters = [{ ParameterKey: 'Value', DefaultValue: 'one', Description: 'what it says', NoEcho: false }];
    expect(await cloudformation.send(new ValidateTemplateCommand({ TemplateBody: body }))).toMatchObject({ Description: 'a stack', Parameters });
    const role = template({ Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', AssumeRolePolicyDocument: {} } } });
    expect(await cloudformation.send(new ValidateTemplateCommand({ TemplateBody: role }))).toMatchObject({ Capabilities: ['CAPABILITY_NAMED_IAM'], CapabilitiesReason: 'The following resource(s) require capabilities: [AWS::IAM::Role]' });
    expect(await cloudformation.send(new GetTemplateSummaryCommand({ StackName }))).toMatchObject({ Parameters: [{ ParameterType: 'String' }], ResourceTypes: ['AWS::SSM::Parameter'] });
    await cloudformation.send(new CreateStackCommand({ StackName: 'User', TemplateBody: user }));
    expect(await settled('User')).toBe('CREATE_COMPLETE');
    expect((await cloudformation.send(new ListExportsCommand({}))).Exports).toEqual([{ ExportingStackId: stack?.StackId, Name: 'name', Value: 'it' }]);
    expect(await cloudformation.send(new ListImportsCommand({ ExportName: 'name' }))).toMatchObject({ Imports: ['User'] });
    expect(await cloudformation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }))).toMatchObject({ StackId: stackId });
    expect(await refusal(cloudformation.send(new DeleteStackCommand({ StackName })))).toEqual(['ValidationError', 400]);
    await cloudformation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
  });

  test('of change sets', async () => {
    const set = { StackName, ChangeSetName: 'more' };
    const { Id } = await cloudformation.send(new CreateChangeSetCommand({ ...set, UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Value', ParameterValue: 'two' }], Description: 'more of it' }));
    const told = { StackId: stackId, StackName, ChangeSetId: Id, ChangeSetName: 'more', ExecutionStatus: 'AVAILABLE', Status: 'CREATE_COMPLETE', CreationTime: date, Description: 'more of it', IncludeNestedStacks: false };
    const { Changes, ...described } = await cloudformation.send(new DescribeChangeSetCommand(set));
    expect(described).toMatchObject({ ...told, Parameters: [{ ParameterKey: 'Value', ParameterValue: 'two' }], NotificationARNs: [], Capabilities: [] });
    expect(Changes).toEqual([{
      Type: 'Resource',
      ResourceChange: {
        Action: 'Modify', LogicalResourceId: 'It', PhysicalResourceId: 'it', ResourceType: 'AWS::SSM::Parameter', Replacement: 'False', Scope: ['Properties'],
        Details: expect.arrayContaining([expect.objectContaining({ Target: { Attribute: 'Properties', Name: 'Value', RequiresRecreation: 'Never' } })]) as object[],
      },
    }]);
    expect((await cloudformation.send(new ListChangeSetsCommand({ StackName }))).Summaries).toEqual([told]);
    expect(await cloudformation.send(new DescribeEventsCommand(set))).toMatchObject({ OperationEvents: [] });
    expect(await cloudformation.send(new ListHookResultsCommand({ TargetType: 'CHANGE_SET', TargetId: Id }))).toMatchObject({ HookResults: [] });
    await cloudformation.send(new ExecuteChangeSetCommand(set));
    expect(await settled()).toBe('UPDATE_COMPLETE');
    const same = { StackName, ChangeSetName: 'same' };
    await cloudformation.send(new CreateChangeSetCommand({ ...same, UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Value', UsePreviousValue: true }] }));
    expect(await cloudformation.send(new DescribeChangeSetCommand(same))).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: expect.stringContaining("didn't contain changes") as string });
    await expect(cloudformation.send(new ExecuteChangeSetCommand(same))).rejects.toBeInstanceOf(InvalidChangeSetStatusException);
    await cloudformation.send(new DeleteChangeSetCommand(same));
    await expect(cloudformation.send(new DescribeChangeSetCommand(same))).rejects.toBeInstanceOf(ChangeSetNotFoundException);
  });

  test('of updates that fail, and of ends', async () => {
    const update = { StackName: 'Fails', Capabilities: [], DisableRollback: true };
    await cloudformation.send(new CreateStackCommand({ StackName: 'Fails', TemplateBody: template({ Own: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'own', Type: 'String', Value: 'one' } } }) }));
    await settled('Fails');
    await cloudformation.send(new UpdateStackCommand({ ...update, TemplateBody: broken('odd') }));
    expect(await settled('Fails')).toBe('UPDATE_FAILED');
    expect(await refusal(cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: 'Fails' })))).toEqual(['ValidationError', 400]);
    await cloudformation.send(new RollbackStackCommand({ StackName: 'Fails' }));
    expect(await settled('Fails')).toBe('UPDATE_ROLLBACK_COMPLETE');
    for (const StackToDelete of ['User', 'Fails', StackName]) await cloudformation.send(new DeleteStackCommand({ StackName: StackToDelete }));
    expect((await cloudformation.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }))).StackSummaries?.[0]).toMatchObject({ DeletionTime: date });
    // Stack policies are refused. There is nothing to continue, since no rollback fails here: recover.test.ts and update.test.ts do it.
    const others = ['SetStackPolicy', 'GetStackPolicy', 'ContinueUpdateRollback'];
    expect([...proof.answered, ...others].toSorted()).toEqual(Object.keys(actions).toSorted());
  });
});

test('errors', async () => {
  const create = (TemplateBody: string, name = 'Errors') => cloudformation.send(new CreateStackCommand({ StackName: name, TemplateBody }));
  await create(template({ A: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } } }));
  await settled('Errors');
  await expect(create(body)).rejects.toBeInstanceOf(AlreadyExistsException);
  await expect(create(template({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } } }), 'Role')).rejects.toBeInstanceOf(InsufficientCapabilitiesException);
  expect(await refusal(create(body))).toEqual(['AlreadyExistsException', 400]);
  expect(await refusal(create('{', 'Unread'))).toEqual(['ValidationError', 400]);
  expect(await refusal(cloudformation.send(new DescribeStacksCommand({ StackName: 'none' })))).toEqual(['ValidationError', 400]);
  expect(await refusal(cloudformation.send(new UpdateStackCommand({ StackName: 'Errors', UsePreviousTemplate: true })))).toEqual(['ValidationError', 400]);
  expect(await refusal(cloudformation.send(new ListImportsCommand({ ExportName: 'none' })))).toEqual(['ValidationError', 400]);
  expect(await refusal(cloudformation.send(new DescribeChangeSetCommand({ StackName: 'Errors', ChangeSetName: 'none' })))).toEqual(['ChangeSetNotFoundException', 404]);
  expect(await refusal(cloudformation.send(new SetStackPolicyCommand({ StackName: 'Errors', StackPolicyBody: '{}' })))).toEqual(['UnsupportedOperation', 501]);
  expect(await refusal(cloudformation.send(new GetStackPolicyCommand({ StackName: 'Errors' })))).toEqual(['UnsupportedOperation', 501]);
  expect(await refusal(cloudformation.send(new ListStackSetsCommand({})))).toEqual(['UnsupportedOperation', 501]);
});
