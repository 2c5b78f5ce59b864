import {
  CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand, DescribeStacksCommand, ExecuteChangeSetCommand, GetTemplateCommand, ListChangeSetsCommand, type Change, type CreateChangeSetCommandInput,
} from '@aws-sdk/client-cloudformation';
import { boxes } from './box';
import { freshCloud, history, settled } from './cloud';

const cloud = freshCloud(() => [boxes().type]);

const type = { Type: 'Test::Box' };
const named = (Name: object | string) => ({ ...type, Properties: { Name } });

function changeSet(template: object, more: Partial<CreateChangeSetCommandInput> = {}) {
  return cloud.client.send(new CreateChangeSetCommand({
    StackName: 'app', ChangeSetName: 'next', ChangeSetType: 'UPDATE', TemplateBody: JSON.stringify(template), IncludeNestedStacks: true, DeploymentConfig: { Mode: 'STANDARD' }, ...more,
  }));
}

function describeNext(IncludePropertyValues = true) {
  return cloud.client.send(new DescribeChangeSetCommand({ StackName: 'app', ChangeSetName: 'next', IncludePropertyValues }));
}

async function deployed(template: object): Promise<void> {
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template) }));
  await settled(cloud, 'app');
}

const outline = ({ ResourceChange: change }: Change) => [change?.Action, change?.LogicalResourceId, change?.Replacement, change?.Scope?.join()];

describe('a change set', () => {
  it('creates a stack that is under review until it is executed', async () => {
    const { StackId } = await changeSet({ Resources: { A: type } }, { ChangeSetType: 'CREATE' });
    const { Stacks } = await cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }));
    expect(Stacks?.[0]).toMatchObject({ StackId, StackStatus: 'REVIEW_IN_PROGRESS' });
    const description = await describeNext();
    expect(description).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE', StackId, IncludeNestedStacks: true });
    expect(description.Changes?.map(outline)).toEqual([['Add', 'A', undefined, '']]);
    expect((await cloud.client.send(new GetTemplateCommand({ StackName: 'app' }))).TemplateBody ?? '').toBe('');
    await cloud.client.send(new ExecuteChangeSetCommand({ StackName: 'app', ChangeSetName: 'next' }));
    expect(await settled(cloud, 'app')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', LastUpdatedTime: expect.any(Date) as Date });
    expect((await history(cloud, 'app')).slice(0, 2)).toEqual(['app REVIEW_IN_PROGRESS User Initiated', 'app CREATE_IN_PROGRESS User Initiated']);
    expect((await describeNext()).ExecutionStatus).toBe('EXECUTE_COMPLETE');
    await expect(cloud.client.send(new ExecuteChangeSetCommand({ StackName: 'app', ChangeSetName: 'next' }))).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException', message: expect.stringContaining('cannot be executed in its current execution status of [EXECUTE_COMPLETE]') as string });
  });

  it('fails where nothing would change, with the words that the CDK CLI looks for', async () => {
    await deployed({ Resources: { A: type } });
    await changeSet({ Resources: { A: type } });
    expect(await describeNext()).toMatchObject({
      Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE', StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
  });

  it('has changes where only an output or a tag differs', async () => {
    await deployed({ Resources: { A: type } });
    await changeSet({ Resources: { A: type }, Outputs: { O: { Value: { Ref: 'A' } } } });
    expect(await describeNext()).toMatchObject({ Status: 'CREATE_COMPLETE' });
    await changeSet({ Resources: { A: type } }, { ChangeSetName: 'tagged', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(await cloud.client.send(new DescribeChangeSetCommand({ StackName: 'app', ChangeSetName: 'tagged' }))).toMatchObject({ Status: 'CREATE_COMPLETE' });
  });

  it('tells add, modify and remove apart, and replacement True, False and Conditional', async () => {
    const follower = { ...type, Properties: { Name: { 'Fn::GetAtt': ['Grown', 'Size'] } } };
    await deployed({ Resources: {
      Grown: { ...type, Properties: { Size: 'a' } }, Follower: follower, Named: { ...type, Properties: { Name: 'old' } }, Linked: { ...type, Properties: { Links: { Ref: 'Named' } } }, Gone: type, Noted: type,
    } });
    await changeSet({ Resources: {
      Grown: { ...type, Properties: { Size: 'b' } }, Follower: follower, Named: { ...type, Properties: { Name: 'new' } }, Linked: { ...type, Properties: { Links: { Ref: 'Named' } } }, Fresh: type, Noted: { ...type, Metadata: { a: 1 } },
    } });
    const { Changes = [] } = await describeNext();
    expect(new Set(Changes.map(outline))).toEqual(new Set([
      ['Add', 'Fresh', undefined, ''],
      ['Modify', 'Follower', 'Conditional', 'Properties'],
      ['Modify', 'Grown', 'False', 'Properties'],
      ['Modify', 'Linked', 'False', 'Properties'],
      ['Modify', 'Named', 'True', 'Properties'],
      ['Modify', 'Noted', 'False', 'Metadata'],
      ['Remove', 'Gone', undefined, ''],
    ]));
    const changeOf = (id: string) => Changes.find(({ ResourceChange }) => ResourceChange?.LogicalResourceId === id)?.ResourceChange;
    expect(changeOf('Named')).toMatchObject({
      PhysicalResourceId: 'old', PolicyAction: 'ReplaceAndDelete', BeforeContext: '{"Properties":{"Name":"old"}}', AfterContext: '{"Properties":{"Name":"new"}}',
      Details: [{ Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always', BeforeValue: 'old', AfterValue: 'new' }, Evaluation: 'Static', ChangeSource: 'DirectModification' }],
    });
    expect(changeOf('Follower')?.Details).toMatchObject([{ Target: { RequiresRecreation: 'Always' }, Evaluation: 'Dynamic', ChangeSource: 'ResourceAttribute', CausingEntity: 'Grown.Size' }]);
    // As AWS tells it: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-samples.html
    expect(changeOf('Linked')?.Details).toMatchObject([
      { Target: { RequiresRecreation: 'Never' }, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
      { Target: { RequiresRecreation: 'Never' }, Evaluation: 'Static', ChangeSource: 'ResourceReference', CausingEntity: 'Named' },
    ]);
    expect(changeOf('Linked')?.AfterContext).toBe('{"Properties":{"Links":"{{changeSet:KNOWN_AFTER_APPLY}}"}}');
  });

  it('names the parameter that causes a change', async () => {
    const template = { Parameters: { P: { Type: 'String', Default: 'a' } }, Resources: { A: { ...type, Properties: { Size: { Ref: 'P' } } } } };
    await deployed(template);
    await changeSet(template, { Parameters: [{ ParameterKey: 'P', ParameterValue: 'b' }] });
    expect((await describeNext()).Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { Evaluation: 'Dynamic', ChangeSource: 'DirectModification' }, { Evaluation: 'Static', ChangeSource: 'ParameterReference', CausingEntity: 'P' },
    ]);
  });

  it('is True for what names a resource that will be replaced, and open for what may be replaced itself', async () => {
    const followers = { Second: named({ 'Fn::Sub': '${First}-2' }), Third: named({ 'Fn::GetAtt': ['Grown', 'Size'] }), Fourth: named({ 'Fn::Sub': '${Third}-4' }) };
    await deployed({ Resources: { ...followers, First: named('a'), Grown: { ...type, Properties: { Size: 'x' } } } });
    await changeSet({ Resources: { ...followers, First: named('b'), Grown: { ...type, Properties: { Size: 'y' } } } });
    const { Changes = [] } = await describeNext();
    expect(Changes.map(outline)).toEqual(expect.arrayContaining([
      ['Modify', 'First', 'True', 'Properties'], ['Modify', 'Second', 'True', 'Properties'], ['Modify', 'Third', 'Conditional', 'Properties'], ['Modify', 'Fourth', 'Conditional', 'Properties'],
    ]));
  });

  it('is gone once deleted, and may be deleted again; a stack under review may go', async () => {
    await changeSet({ Resources: { A: type } }, { ChangeSetType: 'CREATE' });
    const { StackId = '' } = await describeNext();
    await cloud.client.send(new DeleteChangeSetCommand({ StackName: 'app', ChangeSetName: 'next' }));
    await cloud.client.send(new DeleteChangeSetCommand({ StackName: 'app', ChangeSetName: 'next' }));
    await expect(describeNext()).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    expect((await cloud.client.send(new ListChangeSetsCommand({ StackName: 'app' }))).Summaries).toEqual([]);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    expect((await settled(cloud, StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  it('is refused for a stack that does not exist, or exists already', async () => {
    await expect(changeSet({ Resources: { A: type } })).rejects.toThrow('Stack [app] does not exist');
    await deployed({ Resources: { A: type } });
    await expect(changeSet({ Resources: { A: type } }, { ChangeSetType: 'CREATE' })).rejects.toThrow('already exists and cannot be created again');
  });
});
