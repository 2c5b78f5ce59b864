import type { AssemblyStack } from '../../scripts/assembly/assembly';
import { planRemovals } from '../../scripts/plan/plan-removals';
import { serveAws } from './cloudformation-server';
import { clientsFor } from './plan-clients';

function stack(name: string): AssemblyStack {
  return { id: `Prod/${name}`, name, account: null, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile: '/not/read' };
}

const resources = {
  Queue: { Type: 'AWS::SQS::Queue' },
  Topic: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Delete' },
  Table: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain' },
  Log: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'RetainExceptOnCreate' },
  Disk: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' },
};

async function removals(served: Parameters<typeof serveAws>[0], ...names: readonly string[]): Promise<readonly unknown[]> {
  const aws = await serveAws(served);
  try {
    const planned = await planRemovals(names.map(stack), { partition: 'aws', account: '111122223333', region: 'us-west-2' }, clientsFor(aws.endpoint));
    return planned.map(({ change }) => change);
  } finally {
    await aws[Symbol.asyncDispose]();
  }
}

test('tells what is deployed of each stack, and what of it stays behind', async () => {
  const stacks = { Notes: { status: 'UPDATE_COMPLETE', template: JSON.stringify({ Resources: resources }) }, Empty: { status: 'CREATE_COMPLETE', template: '{}' }, Failed: { status: 'ROLLBACK_COMPLETE', template: JSON.stringify({ Resources: resources }) } };
  expect(await removals({ stacks }, 'Notes', 'Never', 'Empty', 'Failed')).toEqual([
    { kind: 'destroy', contents: { resources: 5, kept: ['Table (AWS::DynamoDB::Table)', 'Log (AWS::Logs::LogGroup)', 'Disk (AWS::EC2::Volume, as a snapshot)'] } },
    { kind: 'absent' },
    { kind: 'destroy', contents: { resources: 0, kept: [] } },
    { kind: 'destroy', contents: null },
  ]);
});

test('does not claim to know what it may not read', async () => {
  expect(await removals({ mayRead: [] }, 'Notes')).toEqual([{ kind: 'destroy', contents: null }]);
});
