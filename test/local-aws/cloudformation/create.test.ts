import { CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStackResourcesCommand, DescribeStacksCommand, type CreateStackCommandInput } from '@aws-sdk/client-cloudformation';
import { boxes, type Boxes } from './box';
import { freshCloud, history, settled } from './cloud';

let box: Boxes;
const cloud = freshCloud(() => [(box = boxes()).type]);

function create(template: object, more: Partial<CreateStackCommandInput> = {}) {
  return cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify(template), ...more }));
}

describe('a stack that is created', () => {
  it('makes what others need first, and gives outputs', async () => {
    await create({
      Resources: {
        Second: { Type: 'Test::Box', Properties: { Links: [{ 'Fn::GetAtt': ['First', 'Arn'] }, { 'Fn::Sub': '${First}/${AWS::Region}' }] } },
        First: { Type: 'Test::Box', Properties: { Name: 'one' } },
        Third: { Type: 'Test::Box', DependsOn: 'Second' },
        CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'Never', Properties: { Analytics: 'x' } },
      },
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Outputs: { Link: { Value: { Ref: 'Second' }, Description: 'where', Export: { Name: 'link' } } },
    });
    const stack = await settled(cloud, 'app');
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack.Outputs).toEqual([{ OutputKey: 'Link', OutputValue: 'Second-1', Description: 'where', ExportName: 'link' }]);
    expect(box.calls).toEqual(['create one', 'create Second-1', 'create Third-2']);
    expect(box.contents.get('Second-1')).toEqual({ Links: ['arn:box:one', 'one/us-west-2'] });
    expect(await history(cloud, 'app')).toEqual([
      'app CREATE_IN_PROGRESS User Initiated',
      'First CREATE_IN_PROGRESS', 'First CREATE_IN_PROGRESS Resource creation Initiated', 'First CREATE_COMPLETE',
      'Second CREATE_IN_PROGRESS', 'Second CREATE_IN_PROGRESS Resource creation Initiated', 'Second CREATE_COMPLETE',
      'Third CREATE_IN_PROGRESS', 'Third CREATE_IN_PROGRESS Resource creation Initiated', 'Third CREATE_COMPLETE',
      'app CREATE_COMPLETE',
    ]);
  });

  it('is there when its request is answered, so that whoever looks at once need not look again', async () => {
    await create({ Resources: { Box: { Type: 'Test::Box' } } });
    expect((await cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).Stacks?.[0]?.StackStatus).toBe('CREATE_COMPLETE');
  });

  it('is begun when its request is answered, where it takes longer', async () => {
    await create({ Resources: { Box: { Type: 'Test::Box', Properties: { Size: 'slow' } } } });
    expect((await cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).Stacks?.[0]?.StackStatus).toBe('CREATE_IN_PROGRESS');
    box.open();
    expect((await settled(cloud, 'app')).StackStatus).toBe('CREATE_COMPLETE');
  });

  it('has events that sort by their time as they happened, as the CDK CLI sorts them', async () => {
    await create({ Resources: Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`Box${index}`, { Type: 'Test::Box' }])) });
    await settled(cloud, 'app');
    const { StackEvents = [] } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents[1]?.EventId).toBe(`${StackEvents[1]?.LogicalResourceId}-CREATE_COMPLETE-${StackEvents[1]?.Timestamp?.toISOString()}`);
    const sorted = StackEvents.toSorted((a, b) => Number(a.Timestamp) - Number(b.Timestamp));
    expect(sorted.map(({ EventId }) => EventId)).toEqual(StackEvents.toReversed().map(({ EventId }) => EventId));
  });

  it('is rolled back where a resource fails, with what was in flight cancelled', async () => {
    await create({ Resources: { Bad: { Type: 'Test::Box', Properties: { Size: 'broken' } }, Good: { Type: 'Test::Box', Properties: { Size: 'slow' } }, Later: { Type: 'Test::Box', DependsOn: 'Bad' } } });
    expect(await history(cloud, 'app')).toContain('Bad CREATE_FAILED Size "broken" is not allowed');
    box.open();
    const stack = await settled(cloud, 'app');
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(box.contents.size).toBe(0);
    const lines = await history(cloud, 'app');
    expect(lines).toContain('Good CREATE_FAILED Resource creation cancelled');
    expect(lines).toContain('app ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad]. Rollback requested by user.');
    expect(lines.some((line) => line.startsWith('Later'))).toBe(false);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    await expect(settled(cloud, 'app')).rejects.toThrow('Stack with id app does not exist');
  });

  it('names a property that its type does not have', async () => {
    await create({ Resources: { Odd: { Type: 'Test::Box', Properties: { Shape: 'round' } } } });
    await settled(cloud, 'app');
    expect(await history(cloud, 'app')).toContain('Odd CREATE_FAILED Properties validation failed for resource Odd with message: #: extraneous key [Shape] is not permitted (for Test::Box in the local AWS)');
  });

  it.each([
    ['an unknown type', { Resources: { A: { Type: 'AWS::CloudFormation::Stack' } } }, 'Unrecognized resource types: [AWS::CloudFormation::Stack]'],
    ['an unknown reference', { Resources: { A: { Type: 'Test::Box', Properties: { Name: { Ref: 'Nobody' } } } } }, 'Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template'],
    ['a circle', { Resources: { A: { Type: 'Test::Box', DependsOn: 'B' }, B: { Type: 'Test::Box', DependsOn: 'A' } } }, 'Circular dependency between resources: [A, B]'],
    ['an unknown function', { Resources: { A: { Type: 'Test::Box', Properties: { Name: { 'Fn::Shout': 'a' } } } } }, 'Encountered unsupported function: Fn::Shout'],
    ['a macro', { Transform: 'AWS::Serverless-2016-10-31', Resources: { A: { Type: 'Test::Box' } } }, 'does not model macros'],
    ['a missing parameter', { Parameters: { P: { Type: 'String' } }, Resources: { A: { Type: 'Test::Box' } } }, 'Parameters: [P] must have values'],
  ])('refuses %s before it exists', async (_, template, message) => {
    await expect(create(template)).rejects.toThrow(message);
    await expect(cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id app does not exist' });
  });

  it.each<[string, Partial<CreateStackCommandInput>]>([
    ['StackPolicyBody', { StackPolicyBody: '{}' }],
    ['NotificationARNs', { NotificationARNs: ['arn:aws:sns:us-west-2:000000000000:t'] }],
    ['TimeoutInMinutes', { TimeoutInMinutes: 5 }],
    ['RollbackConfiguration.RollbackTriggers', { RollbackConfiguration: { RollbackTriggers: [{ Arn: 'a', Type: 'b' }] } }],
  ])('refuses %s by name, and takes it empty', async (name, given) => {
    await expect(create({ Resources: { A: { Type: 'Test::Box' } } }, given)).rejects.toThrow(`does not model ${name} of CloudFormation`);
    await create({ Resources: { A: { Type: 'Test::Box' } } }, { NotificationARNs: [], RollbackConfiguration: {}, Tags: [] });
  });

  it('stays as it is with DisableRollback', async () => {
    await create({ Resources: { Good: { Type: 'Test::Box' }, Bad: { Type: 'Test::Box', DependsOn: 'Good', Properties: { Size: 'broken' } } } }, { DisableRollback: true });
    expect((await settled(cloud, 'app')).StackStatus).toBe('CREATE_FAILED');
    expect([...box.contents.keys()]).toEqual(['Good-1']);
    const { StackResources } = await cloud.client.send(new DescribeStackResourcesCommand({ StackName: 'app' }));
    expect(StackResources?.map(({ LogicalResourceId, ResourceStatus }) => [LogicalResourceId, ResourceStatus])).toEqual([['Good', 'CREATE_COMPLETE'], ['Bad', 'CREATE_FAILED']]);
  });
});
