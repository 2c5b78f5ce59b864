import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { unpackCode } from '../../../scripts/local-aws/lambda/code';
import { invokeFunction, type Invocation } from '../../../scripts/local-aws/lambda/invoke';
import { addFunction, folderAws, type FolderAws } from './folder-aws';
import { storedZip } from './stored-zip';

let local: FolderAws;
beforeEach(() => { local = folderAws(); });
afterEach(() => local.close());

function invoke(name: string, event: unknown = {}): Promise<Invocation> {
  return invokeFunction(local, 'us-west-2', name, Buffer.from(JSON.stringify(event)));
}

function parsed({ payload }: Invocation): unknown {
  return JSON.parse(payload.toString());
}

/** Whether a process still runs. A zombie, which nobody here can reap, does not. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('handlers', () => {
  test.each([
    ['async, CommonJS', 'index.handler', { 'index.js': 'exports.handler = async (event) => ({ got: event.a });' }],
    ['callback', 'index.handler', { 'index.js': 'exports.handler = (event, context, callback) => { callback(null, { got: event.a }); };' }],
    ['ES module', 'index.handler', { 'index.mjs': 'export const handler = async (event) => ({ got: event.a });' }],
    ['ES module by package.json', 'index.handler', { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async (event) => ({ got: event.a });' }],
    ['in a folder, nested', 'src/app.api.run', { 'src/app.js': 'exports.api = { run: async (event) => ({ got: event.a }) };' }],
  ])('%s', async (_, handler, files) => {
    await addFunction(local, 'f', files, { handler });
    const done = await invoke('f', { a: 7 });
    expect([parsed(done), done.functionError]).toEqual([{ got: 7 }, null]);
  });

  test('the second call finds the process warm, and two at once get two', async () => {
    await addFunction(local, 'f', { 'index.js': 'let n = 0; exports.handler = async () => ({ pid: process.pid, n: ++n });' });
    const first = await invoke('f');
    const [second, third] = await Promise.all([invoke('f'), invoke('f')]);
    expect(parsed(second)).toEqual({ ...(parsed(first) as object), n: 2 });
    expect(parsed(third)).toMatchObject({ n: 1 });
    expect(first.lines.at(-1)).toMatch(/^REPORT .*\tInit Duration: /);
    expect(second.lines.at(-1)).not.toContain('Init Duration');
  });
});

test('the environment is the one that Lambda documents, with the session of the role, and nothing of ours', async () => {
  await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => process.env;' }, { environment: { TABLE_NAME: 'notes' } });
  const environment = parsed(await invoke('f')) as Record<string, string>;
  expect(environment).toMatchObject({ TABLE_NAME: 'notes', AWS_REGION: 'us-west-2', AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_ENDPOINT_URL: local.origin(), AWS_CONFIG_FILE: '/dev/null' });
  expect(environment['AWS_ACCESS_KEY_ID']).toMatch(/^ASIA/);
  const known = /^(AWS_|_HANDLER$|LAMBDA_TASK_ROOT$|LANG$|TZ$|PATH$|TABLE_NAME$|NODE_CHANNEL)/;
  expect(Object.keys(environment).filter((name) => !known.test(name))).toEqual([]);
});

describe('failures', () => {
  test.each([
    ['a missing file', { 'other.js': '' }, 'Runtime.ImportModuleError', "Error: Cannot find module 'index'"],
    ['a missing handler', { 'index.js': 'exports.other = 1;' }, 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['a syntax error', { 'index.js': 'exports.handler = ;' }, 'Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token ';'"],
    ['a thrown error', { 'index.js': 'exports.handler = async () => { throw new TypeError("no"); };' }, 'TypeError', 'no'],
    ['an error outside of the promise', { 'index.js': 'exports.handler = () => new Promise(() => setImmediate(() => { throw new RangeError("late"); }));' }, 'RangeError', 'late'],
  ])('%s', async (_, files, errorType, errorMessage) => {
    await addFunction(local, 'f', files);
    const done = await invoke('f');
    expect(done.functionError).toBe('Unhandled');
    expect(parsed(done)).toMatchObject({ errorType, errorMessage });
  });

  test('a process that exits', async () => {
    await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => process.exit(3);' });
    const done = await invoke('f');
    expect(parsed(done)).toEqual({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${done.requestId} Error: Runtime exited with error: exit status 3` });
  });

  test('a timeout kills the whole group', async () => {
    await addFunction(local, 'f', {
      'index.js': `exports.handler = async () => {
        const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        console.log('PIDS ' + process.pid + ' ' + child.pid);
        await new Promise(() => setInterval(() => {}, 1000));
      };`,
    }, { timeout: 1 });
    const done = await invoke('f');
    expect(parsed(done)).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${done.requestId} Error: Task timed out after 1.00 seconds` });
    expect(done.timedOut).toBe(true);
    const pids = /PIDS (\d+) (\d+)/.exec(done.lines.join('\n'))?.slice(1).map(Number) ?? [];
    expect(pids).toHaveLength(2);
    // The signal is sent; the kernel ends each in its own time.
    while (pids.some(runs)) await setImmediate();
  });
});

describe('logs', () => {
  test('text: START, what was written in its order, END, REPORT', async () => {
    await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => { console.log("one %d", 1); console.info("two"); };' });
    const { lines, requestId } = await invoke('f');
    expect(lines[0]).toBe(`START RequestId: ${requestId} Version: $LATEST`);
    expect(lines.slice(1, 3).map((line) => line.split('\t').slice(1))).toEqual([[requestId, 'INFO', 'one 1'], [requestId, 'INFO', 'two']]);
    expect(lines[3]).toBe(`END RequestId: ${requestId}`);
    expect(lines[4]).toMatch(/^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t$/);
    expect(lines).toHaveLength(5);
  });

  test('JSON: one object each', async () => {
    await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => { console.warn({ a: 1 }); };' }, { logFormat: 'JSON' });
    const { lines, requestId } = await invoke('f');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { type: 'platform.start', record: { requestId } },
      { level: 'WARN', requestId, message: { a: 1 } },
      { type: 'platform.report', record: { requestId, status: 'success' } },
    ]);
  });
});

test.each(['../out.js', '/out.js'])('a package that leads out of its folder is refused: %s', async (name) => {
  await expect(unpackCode(local, storedZip({ [name]: '' }))).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});
