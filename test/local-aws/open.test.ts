import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../../scripts/failures/failure';
import { openLocalAws, wipeLocalAws, type OpenLocalAws } from '../../scripts/local-aws/open';
import { accountOfKeyId } from '../../scripts/local-aws/sts/key-ids';
import { compiledChild, type CompiledChild } from '../process/compiled-child';
import { sendSigned } from './signed';

let folder: string;
const children: ChildProcess[] = [];
const opened: OpenLocalAws[] = [];
let program: CompiledChild;

beforeAll(async () => { program = await compiledChild(join(__dirname, 'serve-child.ts')); });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
});

afterEach(async () => {
  for (const aws of opened.splice(0)) await aws.close();
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

afterAll(() => program.remove());

async function open(): Promise<OpenLocalAws> {
  const aws = await openLocalAws({ folder });
  opened.push(aws);
  return aws;
}

/** Serves from another process. */
async function serveElsewhere(): Promise<{ readonly child: ChildProcess; readonly origin: string; readonly shared: boolean }> {
  const child = spawn(process.execPath, [program.file, folder], { env: { PATH: process.env['PATH'] ?? '' }, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { origin: string; shared: boolean }) };
}

async function whoAmI({ origin, credentials, region }: OpenLocalAws): Promise<string | undefined> {
  const client = new STSClient({ endpoint: origin, region, credentials });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
}

test('serves a session of the developer whose key id names the account', async () => {
  const aws = await open();
  expect(aws).toMatchObject({ account: '000000000000', region: 'us-west-2', shared: false });
  expect(accountOfKeyId(aws.credentials.accessKeyId)).toBe('000000000000');
  expect(aws.credentials.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(await whoAmI(aws)).toMatch(/^arn:aws:sts::000000000000:assumed-role\/LocalDeveloper\/[\w+=,.@-]+$/);
});

test('keeps its port and makes its credentials new', async () => {
  const first = await open();
  await first.close();
  const second = await open();
  expect(second.origin).toBe(first.origin);
  expect(second.credentials.accessKeyId).not.toBe(first.credentials.accessKeyId);
  await expect(whoAmI({ ...second, credentials: first.credentials })).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
});

test('leaves nothing but its state, which others cannot read', async () => {
  const aws = await open();
  expect(statSync(join(folder, 'server.json')).mode & 0o777).toBe(0o600);
  await aws.close();
  await aws.close();
  expect(readdirSync(folder)).toEqual(['state.json']);
  expect(statSync(join(folder, 'state.json')).mode & 0o777).toBe(0o600);
  await expect(fetch(aws.origin)).rejects.toThrow('fetch failed');
});

test('takes another port where its own is taken, and says so everywhere in the state', async () => {
  const first = await open();
  await first.close();
  const path = join(folder, 'state.json');
  const state = JSON.parse(readFileSync(path, 'utf8')) as { tables: Record<string, unknown> };
  state.tables['things'] = { a: { url: `${first.origin}/_api/x`, longer: `${first.origin}9` } };
  writeFileSync(path, JSON.stringify(state));
  const { port } = new URL(first.origin);
  const thief = createServer().listen(Number(port), '127.0.0.1');
  await once(thief, 'listening');
  try {
    const second = await open();
    expect(second.origin).not.toBe(first.origin);
    await second.close();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ tables: { things: { a: { url: `${second.origin}/_api/x`, longer: `${first.origin}9` } } } });
  } finally {
    thief.close();
  }
});

test('uses the server of another process, and leaves it running', async () => {
  const { origin } = await serveElsewhere();
  const aws = await open();
  expect(aws).toMatchObject({ origin, shared: true });
  await aws.close();
  expect(await whoAmI(aws)).toContain('LocalDeveloper');
});

test('gives one server to processes that start at once', async () => {
  const all = await Promise.all([serveElsewhere(), serveElsewhere(), serveElsewhere()]);
  expect(new Set(all.map(({ origin }) => origin)).size).toBe(1);
  expect(all.filter(({ shared }) => !shared)).toHaveLength(1);
});

test('takes over from a process that was killed', async () => {
  const { child } = await serveElsewhere();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  const aws = await open();
  expect(aws.shared).toBe(false);
  expect(await whoAmI(aws)).toContain('LocalDeveloper');
});

test('takes over a lock whose process id belongs to another process by now', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, started: 'long ago' }));
  expect((await open()).shared).toBe(false);
});

test('takes over a lock that is no lock', async () => {
  writeFileSync(join(folder, 'lock'), '{');
  expect((await open()).shared).toBe(false);
});

test('answers nothing that it could not write, and gives its lock back though its end fails', async () => {
  const aws = await openLocalAws({ folder });
  mkdirSync(join(folder, 'state.json.working'));
  const made = await sendSigned(aws, { service: 'logs', headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.CreateLogGroup' }, body: '{"logGroupName":"g"}' });
  expect([made.status, await made.json()]).toEqual([500, { __type: 'InternalFailure', message: 'The local AWS failed while it handled the request.' }]);
  await expect(aws.close()).rejects.toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['state.json', 'state.json.working']);
  await expect(fetch(aws.origin)).rejects.toThrow('fetch failed');
});

test('ends on SIGTERM with its state saved and its lock gone', async () => {
  const { child } = await serveElsewhere();
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(readdirSync(folder)).toEqual(['state.json']);
});

test('is wiped where nobody serves it, and not while somebody does', async () => {
  const { child } = await serveElsewhere();
  await expect(wipeLocalAws(folder)).rejects.toMatchObject({ code: 'BUSY', message: expect.stringContaining(String(child.pid)) as string });
  child.kill('SIGTERM');
  await once(child, 'exit');
  await wipeLocalAws(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['of another version', JSON.stringify({ format: 0, tables: {} }), 'was written by another version of cdk-takeoff (format 0; this version has 2)'],
  ['that is damaged', '{"format":2,"tab', 'is damaged: its state.json is no JSON'],
])('says how to go on from a state %s', async (_title, text, said) => {
  writeFileSync(join(folder, 'state.json'), text);
  const failure: unknown = await openLocalAws({ folder }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ code: 'USAGE', message: expect.stringContaining(said) as string, fix: 'Forget what is deployed there, and deploy anew: npm run local -- --wipe' });
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});
