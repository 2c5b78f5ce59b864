import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withStacksLocked } from '../../scripts/flow/lock-stacks';
import type { Run } from '../../scripts/flow/run';
import { runFor, sessionOf } from './run-for-test';

let project: string;
let run: Run;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'takeoff-locks-'));
  run = runFor('deploy', [], project);
});
afterEach(() => {
  run.interruption.stop();
  rmSync(project, { recursive: true, force: true });
});

const session = sessionOf('environment');
const notes = { name: 'Notes', account: null, region: null };
const held = (): string[] => readdirSync(join(run.cache, 'locks'));

test('a stack that is named in two ways is one, and its lock goes with the work', async () => {
  expect(await withStacksLocked(run, session, [notes, { ...notes, account: '123456789012' }, { ...notes, region: 'us-west-2' }], async () => held().length)).toBe(1);
  expect(held()).toEqual([]);
});

test('a stack that is held is refused, and what was taken before it is given back', async () => {
  const other = { ...notes, name: 'Other' };
  await withStacksLocked(run, session, [notes], async () => {
    await expect(withStacksLocked(run, session, [other, notes], async () => 'done')).rejects.toMatchObject({ code: 'BUSY', message: expect.stringContaining('is at the stack Notes of account 123456789012 in us-west-2') as string });
    expect(held()).toHaveLength(1);
    expect(await withStacksLocked(run, session, [other, { ...notes, region: 'eu-west-1' }], async () => 'done')).toBe('done');
  });
});
