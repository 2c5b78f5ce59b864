import {
  ContinueUpdateRollbackCommand, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, DescribeStacksCommand, RollbackStackCommand, UpdateStackCommand, UpdateTerminationProtectionCommand, type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { boxes, type Boxes } from './box';
import { freshCloud, history, settled } from './cloud';

let box: Boxes;
const cloud = freshCloud(() => [(box = boxes()).type]);

async function create(Resources: object, more: object = {}): Promise<void> {
  await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify({ Resources, ...more }) }));
  await settled(cloud, 'app');
  box.calls.length = 0;
}

async function update(Resources: object, more: Partial<UpdateStackCommandInput> = {}): Promise<string | undefined> {
  await cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: JSON.stringify({ Resources }), ...more }));
  return (await settled(cloud, 'app')).StackStatus;
}

const type = { Type: 'Test::Box' };

describe('a stack that is updated', () => {
  it('changes in place what can be, replaces what cannot, leaves the rest, and removes what is gone at the end', async () => {
    await create({
      Same: type, Grown: { ...type, Properties: { Size: 1 } }, Named: { ...type, Properties: { Name: 'old' } }, Gone: type, Painted: { ...type, Properties: { Color: 'red' } },
    });
    expect(await update({
      Same: type, Grown: { ...type, Properties: { Size: 2 } }, Named: { ...type, Properties: { Name: 'new' } }, Fresh: { ...type, Properties: { Links: [{ Ref: 'Named' }] } }, Painted: { ...type, Properties: { Color: 'blue' } },
    })).toBe('UPDATE_COMPLETE');
    expect(box.calls.slice(0, 4)).toEqual(['update Grown-2', 'create new', 'update Painted-4', 'create Fresh-5']);
    expect(box.calls.slice(4).toSorted()).toEqual(['delete Gone-3', 'delete old']);
    const lines = (await history(cloud, 'app')).slice(-17);
    expect(lines).toContain('Named UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.');
    expect(lines).toContain('Painted UPDATE_COMPLETE');
    expect(lines.indexOf('app UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')).toBeLessThan(lines.indexOf('Gone DELETE_IN_PROGRESS'));
    expect(lines.at(-1)).toBe('app UPDATE_COMPLETE');
    expect(lines.some((line) => line.startsWith('Same UPDATE'))).toBe(false);
  });

  it('is put back to what served before where a resource fails', async () => {
    await create({ Grown: { ...type, Properties: { Size: 1 } }, Named: { ...type, Properties: { Name: 'old' } }, Gone: type });
    const before = new Map(box.contents);
    expect(await update({
      Grown: { ...type, Properties: { Size: 2 } }, Named: { ...type, Properties: { Name: 'new' } }, Bad: { ...type, DependsOn: ['Grown', 'Named'], Properties: { Size: 'broken' } },
    })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(box.contents).toEqual(before);
    const lines = await history(cloud, 'app');
    expect(lines).toContain('app UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Bad].');
    expect(lines.indexOf('app UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS')).toBeLessThan(lines.indexOf('Named DELETE_COMPLETE'));
    box.calls.length = 0;
    await expect(update({ Grown: { ...type, Properties: { Size: 1 } }, Named: { ...type, Properties: { Name: 'old' } }, Gone: type })).rejects.toThrow('No updates are to be performed.');
    expect(box.calls).toEqual([]);
  });

  it('cannot replace what keeps a name of its own, and says so in the words of CloudFormation', async () => {
    await create({ Named: { ...type, Properties: { Name: 'mine', Kind: 'a' } } });
    expect(await update({ Named: { ...type, Properties: { Name: 'mine', Kind: 'b' } } })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await history(cloud, 'app')).toContain('Named UPDATE_FAILED CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename mine and update the stack again.');
    expect(box.contents.get('mine')).toEqual({ Name: 'mine', Kind: 'a' });
  });

  it('retains with RetainExceptOnCreate what an update has made, and not what a failed one would have', async () => {
    const kept = { ...type, DeletionPolicy: 'RetainExceptOnCreate' };
    await create({ Kept: { ...kept, Properties: { Name: 'kept' } }, Stays: type });
    expect(await update({ Stays: type, Fresh: { ...kept, Properties: { Name: 'fresh' } }, Bad: { ...type, DependsOn: 'Fresh', Properties: { Size: 'broken' } } })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(box.contents.has('fresh')).toBe(false);
    expect(await update({ Stays: type })).toBe('UPDATE_COMPLETE');
    expect(box.contents.has('kept')).toBe(true);
    expect(await history(cloud, 'app')).toContain('Kept DELETE_SKIPPED');
  });

  it('keeps what its policies retain', async () => {
    const kept = { ...type, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    await create({ Kept: { ...kept, Properties: { Name: 'old' } }, Gone: { ...kept, Properties: { Name: 'gone' } } });
    expect(await update({ Kept: { ...kept, Properties: { Name: 'new' } } })).toBe('UPDATE_COMPLETE');
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    await cloud.service.close?.();
    expect([...box.contents.keys()].toSorted()).toEqual(['gone', 'new', 'old']);
    expect(box.calls.some((call) => call.startsWith('delete'))).toBe(false);
  });

  it('waits half-way with DisableRollback, and RollbackStack restores it', async () => {
    await create({ Grown: { ...type, Properties: { Size: 1 } } });
    const before = new Map(box.contents);
    const status = await update({ Grown: { ...type, Properties: { Size: 2 } }, Bad: { ...type, DependsOn: 'Grown', Properties: { Size: 'broken' } } }, { DisableRollback: true });
    expect(status).toBe('UPDATE_FAILED');
    expect(box.contents.get('Grown-1')).toEqual({ Size: 2 });
    await cloud.client.send(new RollbackStackCommand({ StackName: 'app' }));
    expect((await settled(cloud, 'app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(box.contents).toEqual(before);
  });

  it('updates anew what an earlier update left half-way', async () => {
    await create({ Grown: { ...type, Properties: { Size: 1 } } });
    box.refused.add(2);
    expect(await update({ Grown: { ...type, Properties: { Size: 2 } } }, { DisableRollback: true })).toBe('UPDATE_FAILED');
    box.calls.length = 0;
    expect(await update({ Grown: { ...type, Properties: { Size: 1 } } })).toBe('UPDATE_COMPLETE');
    expect(box.calls).toEqual(['update Grown-1']);
  });

  it('goes on with a rollback that failed, once that is possible or without the resources to skip', async () => {
    await create({ Grown: { ...type, Properties: { Size: 1 } } });
    box.refused.add(1);
    expect(await update({ Grown: { ...type, Properties: { Size: 2 } }, Bad: { ...type, DependsOn: 'Grown', Properties: { Size: 'broken' } } })).toBe('UPDATE_ROLLBACK_FAILED');
    await cloud.client.send(new ContinueUpdateRollbackCommand({ StackName: 'app' }));
    expect((await settled(cloud, 'app')).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    box.refused.delete(1);
    await cloud.client.send(new ContinueUpdateRollbackCommand({ StackName: 'app' }));
    expect((await settled(cloud, 'app')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(box.contents.get('Grown-1')).toEqual({ Size: 1 });
  });

  it('keeps a value with UsePreviousValue, and never shows one that is NoEcho', async () => {
    const template = { Parameters: { Size: { Type: 'Number' }, Secret: { Type: 'String', NoEcho: true } }, Resources: { A: { ...type, Properties: { Size: { Ref: 'Size' }, Color: { Ref: 'Secret' } } } } };
    await cloud.client.send(new CreateStackCommand({
      StackName: 'app', TemplateBody: JSON.stringify(template), Parameters: [{ ParameterKey: 'Size', ParameterValue: '1' }, { ParameterKey: 'Secret', ParameterValue: 'hush' }],
    }));
    await settled(cloud, 'app');
    await cloud.client.send(new UpdateStackCommand({
      StackName: 'app', UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Size', ParameterValue: '2' }, { ParameterKey: 'Secret', UsePreviousValue: true }],
    }));
    const stack = await settled(cloud, 'app');
    expect(stack.Parameters).toEqual([{ ParameterKey: 'Size', ParameterValue: '2' }, { ParameterKey: 'Secret', ParameterValue: '****' }]);
    expect(box.contents.get('A-1')).toEqual({ Size: '2', Color: 'hush' });
    const { StackEvents } = await cloud.client.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents?.find(({ LogicalResourceId }) => LogicalResourceId === 'A')?.ResourceProperties).toBe('{"Size":"2","Color":"****"}');
  });
});

describe('a stack that is deleted', () => {
  it('refuses under termination protection', async () => {
    await create({ A: type });
    await cloud.client.send(new UpdateTerminationProtectionCommand({ StackName: 'app', EnableTerminationProtection: true }));
    await expect(cloud.client.send(new DeleteStackCommand({ StackName: 'app' }))).rejects.toThrow('Stack [app] cannot be deleted while TerminationProtection is enabled');
  });

  it('goes by its ARN, is found by it afterwards, and takes dependents first', async () => {
    await create({ A: type, B: { ...type, DependsOn: 'A' } });
    const { StackId = '' } = await settled(cloud, 'app');
    await cloud.client.send(new DeleteStackCommand({ StackName: StackId }));
    expect((await settled(cloud, StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(box.calls).toEqual(['delete B-2', 'delete A-1']);
    await expect(cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }))).rejects.toThrow('Stack with id app does not exist');
    expect((await history(cloud, StackId)).at(-1)).toBe('app DELETE_COMPLETE');
  });

  it('fails loudly where a resource cannot be deleted, and goes with RetainResources', async () => {
    await create({ A: type, B: { ...type, DependsOn: 'A', Properties: { Size: 'sticky' } } });
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app' }));
    const failed = await settled(cloud, 'app');
    expect(failed).toMatchObject({ StackStatus: 'DELETE_FAILED', StackStatusReason: 'The following resource(s) failed to delete: [B]. ' });
    expect([...box.contents.keys()]).toEqual(['A-1', 'B-2']);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'app', RetainResources: ['B'] }));
    expect((await settled(cloud, failed.StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
    expect([...box.contents.keys()]).toEqual(['B-2']);
  });

  it('succeeds where there is none', async () => {
    await cloud.client.send(new DeleteStackCommand({ StackName: 'nobody' }));
    expect(cloud.authorized).toEqual(['cloudformation:DeleteStack arn:aws:cloudformation:us-west-2:000000000000:stack/nobody/*']);
  });
});
