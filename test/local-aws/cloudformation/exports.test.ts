import { CreateStackCommand, DeleteStackCommand, ListExportsCommand, ListImportsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { boxes } from './box';
import { freshCloud, history, settled } from './cloud';

const cloud = freshCloud(() => [boxes().type]);

const exporting = (Value: string, Name = 'shared') => JSON.stringify({ Resources: { A: { Type: 'Test::Box' } }, Outputs: { O: { Value, Export: { Name } } } });
const importing = JSON.stringify({ Resources: { A: { Type: 'Test::Box', Properties: { Links: [{ 'Fn::ImportValue': 'shared' }] } } } });

async function create(StackName: string, TemplateBody: string): Promise<string | undefined> {
  await cloud.client.send(new CreateStackCommand({ StackName, TemplateBody }));
  return (await settled(cloud, StackName)).StackStatus;
}

describe('an export', () => {
  it('is listed with who imports it', async () => {
    await create('giver', exporting('one'));
    await create('taker', importing);
    expect((await cloud.client.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'shared', Value: 'one' }]);
    expect((await cloud.client.send(new ListImportsCommand({ ExportName: 'shared' }))).Imports).toEqual(['taker']);
  });

  it('cannot go or change while it is in use', async () => {
    await create('giver', exporting('one'));
    for (const taker of ['other', 'taker', 'third']) await create(taker, importing);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'giver' }));
    expect(await settled(cloud, 'giver')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', StackStatusReason: 'Delete canceled. Cannot delete export shared as it is in use by other, taker and third.' });
    expect(await history(cloud, 'giver')).toContain('giver DELETE_IN_PROGRESS User Initiated');
    const refusals = [[exporting('two'), 'Update canceled. Cannot update'], [exporting('one', 'else'), 'Delete canceled. Cannot delete']] as const;
    for (const [TemplateBody, refusal] of refusals) {
      await cloud.client.send(new UpdateStackCommand({ StackName: 'giver', TemplateBody }));
      expect(await settled(cloud, 'giver')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE', Outputs: [{ OutputValue: 'one', ExportName: 'shared' }] });
      expect(await history(cloud, 'giver')).toContain(`giver UPDATE_ROLLBACK_IN_PROGRESS ${refusal} export shared as it is in use by other, taker and third.`);
    }
    for (const StackName of ['other', 'taker', 'third']) await cloud.client.send(new DeleteStackCommand({ StackName }));
    await cloud.service.close?.();
    await cloud.client.send(new DeleteStackCommand({ StackName: 'giver' }));
    await expect(settled(cloud, 'giver')).rejects.toThrow('does not exist');
  });

  it('has a value', async () => {
    expect(await create('giver', exporting(' '))).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'giver')).toContain('giver ROLLBACK_IN_PROGRESS Cannot export output O. Exported values must not be empty or whitespace-only. Rollback requested by user.');
  });

  it('has one owner, and must exist to be imported', async () => {
    expect(await create('taker', importing)).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'taker')).toEqual([
      'taker CREATE_IN_PROGRESS User Initiated', 'taker ROLLBACK_IN_PROGRESS No export named shared found. Rollback requested by user.', 'taker ROLLBACK_COMPLETE',
    ]);
    await create('giver', exporting('one'));
    await expect(cloud.client.send(new UpdateStackCommand({ StackName: 'giver', TemplateBody: importing.replace('shared', 'other') }))).rejects.toThrow('No export named other found');
    expect(await create('rival', exporting('two'))).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'rival')).toContain('rival ROLLBACK_IN_PROGRESS Export with name shared is already exported by stack giver. Rollback requested by user.');
  });
});
