import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssemblyStack } from '../../scripts/assembly/assembly';
import { planChanges } from '../../scripts/plan/plan-changes';
import { serveAws } from './cloudformation-server';
import { clientsFor } from './plan-clients';

const directory = mkdtempSync(join(tmpdir(), 'plan-'));
const templateFile = join(directory, 'template.json');
const template = JSON.stringify({ Resources: { T: { Type: 'AWS::SNS::Topic' } } });
writeFileSync(templateFile, template);
afterAll(() => rmSync(directory, { recursive: true }));

function stack(name: string, changes: Partial<AssemblyStack> = {}): AssemblyStack {
  return { id: `Prod/${name}`, name, account: null, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile, ...changes };
}

describe('planChanges', () => {
  test('plans the stacks in their order, each in its own account and region', async () => {
    const aws = await serveAws({ stacks: { Same: { status: 'CREATE_COMPLETE', template } }, mayRead: ['ASIAROLE'], roles: { 'arn:aws:iam::444455556666:role/eu-west-1': 'ASIAROLE' } });
    const lookupRoleArn = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${AWS::Region}';
    const stacks = [stack('New', { account: '444455556666', region: 'eu-west-1', lookupRoleArn }), stack('Same', { account: '444455556666', region: 'eu-west-1', lookupRoleArn }), stack('Elsewhere', { lookupRoleArn })];
    try {
      const planned = await planChanges(stacks, { partition: 'aws', account: '111122223333', region: 'us-west-2' }, clientsFor(aws.endpoint));
      expect(planned.map((each) => [each.stack.name, each.change.kind])).toEqual([
        ['New', 'create'],
        ['Same', 'unchanged'],
        ['Elsewhere', 'unknown'],
      ]);
    } finally {
      await aws[Symbol.asyncDispose]();
    }
  });

  test.each([
    ['none', null, /none\.json cannot be read \(ENOENT\)/],
    ['broken', '{ "Resources": ', /broken\.json holds no JSON object/],
    ['list', '[]', /list\.json holds no JSON object/],
  ])('an assembly whose template is %s is a usage error', async (name, content, message) => {
    const file = join(directory, `${name}.json`);
    if (content !== null) writeFileSync(file, content);
    const aws = await serveAws({ stacks: {}, mayRead: [], roles: {} });
    try {
      const planned = planChanges([stack('Foreign', { templateFile: file })], { partition: 'aws', account: '111122223333', region: 'us-west-2' }, clientsFor(aws.endpoint));
      await expect(planned).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) as string, fix: 'Make the assembly anew: npm run synth' });
    } finally {
      await aws[Symbol.asyncDispose]();
    }
  });
});
