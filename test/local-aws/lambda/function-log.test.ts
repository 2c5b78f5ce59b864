import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerSecret } from '../../../scripts/secrets/registry';
import { findRoleByArn } from '../../../scripts/local-aws/iam/roles';
import { invokeFunction } from '../../../scripts/local-aws/lambda/invoke';
import { readEvents } from '../../../scripts/local-aws/logs/log-file';
import { createLogGroup, findLogGroup } from '../../../scripts/local-aws/logs/log-groups';
import { addFunction, folderAws, type FolderAws } from './folder-aws';

const group = '/aws/lambda/f';
let local: FolderAws;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

function allow(actions: readonly string[], Resource = '*'): void {
  const role = findRoleByArn(local, `arn:aws:iam::${local.account}:role/fn`);
  if (role === null) throw new Error('no role');
  role.inlinePolicies['logs'] = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [...actions], Resource }] };
}

async function invoked(code: string): Promise<readonly string[]> {
  await addFunction(local, 'f', { 'index.js': `exports.handler = async () => { ${code} };` });
  return (await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'))).lines;
}

const kept = (): readonly string[] => readEvents(local, 'us-west-2', group).map(({ message }) => message);
const shown = (): readonly string[] => local.events.map(({ text }) => text);

test('Lambda makes the log group where the role lets it, and writes there', async () => {
  allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  const lines = await invoked('console.log("hello");');
  expect(kept()).toEqual(lines);
  expect(lines.join('\n')).toContain('hello');
  expect(readEvents(local, 'us-west-2', group)[0]?.stream).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
});

test.each([
  ['the group cannot be made', ['logs:CreateLogStream', 'logs:PutLogEvents'], false, 'logs:CreateLogGroup'],
  ['the stream cannot be made', ['logs:PutLogEvents'], true, 'logs:CreateLogStream'],
  ['nothing can be written', ['logs:CreateLogGroup', 'logs:CreateLogStream'], true, 'logs:PutLogEvents'],
])('nothing is kept where %s, and the person is told', async (_, actions, exists, lacking) => {
  allow(actions);
  if (exists) createLogGroup(local, 'us-west-2', group);
  await invoked('console.log("hello");');
  expect(kept()).toEqual([]);
  expect(findLogGroup(local, 'us-west-2', group) !== null).toBe(exists);
  expect(shown()).toContain(`f  (not in ${group}: the function's role may not ${lacking})`);
});

test('a permission for another group is none', async () => {
  createLogGroup(local, 'us-west-2', group);
  allow(['logs:*'], `arn:aws:logs:us-west-2:${local.account}:log-group:/aws/lambda/g:*`);
  await invoked('');
  expect(kept()).toEqual([]);
});

test('where the disk takes no log the invocation fails, and its process serves the next', async () => {
  allow(['logs:*']);
  await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => process.pid;' });
  const invoke = async () => (await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'))).payload.toString();
  const first = await invoke();
  const [logs, aside] = [join(local.store.folder, 'logs'), join(local.store.folder, 'aside')];
  renameSync(logs, aside);
  writeFileSync(logs, '');
  await expect(invoke()).rejects.toThrow(/ENOTDIR|EEXIST/);
  rmSync(logs);
  renameSync(aside, logs);
  expect(await invoke()).toBe(first);
});

test('lines are shown while the function still runs', async () => {
  await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => { console.log("first"); await new Promise(() => setInterval(() => {}, 1000)); };' }, { timeout: 2 });
  const seen = new Promise<number>((first) => {
    const { push } = local.events;
    local.events.push = (...events) => {
      if (events.some(({ text }) => text.endsWith('first'))) first(performance.now());
      return push.apply(local.events, events);
    };
  });
  const done = invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'));
  const ended = done.then(() => performance.now());
  expect(await ended - await seen).toBeGreaterThan(1000);
});

test('one line each, without secrets, and without what would steer the terminal', async () => {
  const secret = 'a-secret-of-somebody-else';
  registerSecret(secret);
  await invoked(`
    console.log(process.env.AWS_SECRET_ACCESS_KEY, encodeURIComponent(process.env.AWS_SESSION_TOKEN), ${JSON.stringify(secret)});
    process.stdout.write(JSON.stringify(process.env) + '\\n');
    console.log('one\\ntwo\\u001b[31mred\\u001b[0m\\u001b]0;title\\u0007end\\u0000');
  `);
  const text = shown().join('\n');
  const session = [...local.store.table<{ secretAccessKey: string; sessionToken: string }>('sessions').values()];
  expect(session).toHaveLength(1);
  for (const each of session) expect([text.includes(each.secretAccessKey), text.includes(each.sessionToken), text.includes(encodeURIComponent(each.sessionToken))]).toEqual([false, false, false]);
  expect(text).not.toContain(secret);
  expect(text).toContain('[redacted] [redacted] [redacted]');
  expect(shown().find((line) => line.includes('one'))).toMatch(/ INFO one tworedend$/);
  for (const line of shown()) expect(line).not.toMatch(/\p{Cc}/u);
});
