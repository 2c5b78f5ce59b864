import { CreateStackCommand, DescribeStacksCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { recoverStacks } from '../../../scripts/local-aws/cloudformation/recover';
import { openStore } from '../../../scripts/local-aws/store';
import type { LocalAws } from '../../../scripts/local-aws/service';
import { stacks } from '../../../scripts/local-aws/cloudformation/records';
import { boxes, type Boxes } from './box';
import { openCloud, settled, type OpenCloud } from './cloud';

let cloud: OpenCloud;
let box: Boxes;

beforeEach(async () => {
  box = boxes();
  cloud = await openCloud([box.type]);
});
afterEach(async () => {
  box.open();
  await cloud.close();
});

const template = (Resources: object) => JSON.stringify({ Resources });
const slow = { Type: 'Test::Box', DependsOn: 'A', Properties: { Size: 'slow' } };

/** What the next process finds on disk, while this one still waits. */
async function recovered(): Promise<readonly [string, string | null][]> {
  const local: LocalAws = { ...cloud.local, store: openStore(cloud.local.store.folder) };
  await recoverStacks(local, new Map([[box.type.name, box.type]]));
  return [...stacks(local).values()].map(({ stackName, status }) => [stackName, status]);
}

async function inProgress(StackStatus: string): Promise<void> {
  const { Stacks } = await cloud.client.send(new DescribeStacksCommand({ StackName: 'app' }));
  expect(Stacks?.[0]?.StackStatus).toBe(StackStatus);
}

describe('a stack that a killed process left in progress', () => {
  it('is rolled back where it was being created', async () => {
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template({ A: { Type: 'Test::Box' }, B: slow }) }));
    await inProgress('CREATE_IN_PROGRESS');
    expect([...box.contents.keys()]).toEqual(['A-1']);
    expect(await recovered()).toEqual([['app', 'ROLLBACK_COMPLETE']]);
    expect(box.contents.size).toBe(0);
  });

  it('is put back where it was being updated', async () => {
    await cloud.client.send(new CreateStackCommand({ StackName: 'app', TemplateBody: template({ A: { Type: 'Test::Box', Properties: { Size: 1 } } }) }));
    await settled(cloud, 'app');
    const before = new Map(box.contents);
    await cloud.client.send(new UpdateStackCommand({ StackName: 'app', TemplateBody: template({ A: { Type: 'Test::Box', Properties: { Size: 2 } }, B: slow }) }));
    await inProgress('UPDATE_IN_PROGRESS');
    expect(box.contents.get('A-1')).toEqual({ Size: 2 });
    expect(await recovered()).toEqual([['app', 'UPDATE_ROLLBACK_COMPLETE']]);
    expect(box.contents).toEqual(before);
  });
});
