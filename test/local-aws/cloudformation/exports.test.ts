import { CreateStackCommand, DeleteStackCommand, ListExportsCommand, ListImportsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { boxes } from './box';
import { history, openCloud, settled, type Cloud } from './cloud';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud([boxes().type]);
});
afterEach(() => cloud.close());

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
    await create('taker', importing);
    await cloud.client.send(new DeleteStackCommand({ StackName: 'giver' }));
    expect(await settled(cloud, 'giver')).toMatchObject({ StackStatus: 'CREATE_COMPLETE', StackStatusReason: 'Export shared cannot be deleted as it is in use by taker' });
    expect(await history(cloud, 'giver')).toContain('giver DELETE_IN_PROGRESS User Initiated');
    for (const TemplateBody of [exporting('two'), exporting('one', 'other')]) {
      await cloud.client.send(new UpdateStackCommand({ StackName: 'giver', TemplateBody }));
      expect(await settled(cloud, 'giver')).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE', Outputs: [{ OutputValue: 'one', ExportName: 'shared' }] });
    }
    await cloud.client.send(new DeleteStackCommand({ StackName: 'taker' }));
    await cloud.service.close?.();
    await cloud.client.send(new DeleteStackCommand({ StackName: 'giver' }));
    await expect(settled(cloud, 'giver')).rejects.toThrow('does not exist');
  });

  it('has one owner, and must exist to be imported', async () => {
    await expect(create('taker', importing)).rejects.toThrow('No export named shared found');
    await create('giver', exporting('one'));
    expect(await create('rival', exporting('two'))).toBe('ROLLBACK_COMPLETE');
    expect(await history(cloud, 'rival')).toContain('rival ROLLBACK_IN_PROGRESS Export with name shared is already exported by stack giver. Rollback requested by user.');
  });
});
