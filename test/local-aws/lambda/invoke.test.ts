import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { codeFolder, unpackCode } from '../../../scripts/local-aws/lambda/code';
import { invokeFunction, type Invocation } from '../../../scripts/local-aws/lambda/invoke';
import { acquire, release, retireIdle } from '../../../scripts/local-aws/lambda/pool';
import { addFunction, folderAws, type FolderAws } from './folder-aws';
import { runs } from './runs';
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

describe('handlers', () => {
  test.each([
    ['async, CommonJS', 'index.handler', { 'index.js': 'exports.handler = async (event) => ({ got: event.a });' }],
    ['callback', 'index.handler', { 'index.js': 'exports.handler = (event, context, callback) => { callback(null, { got: event.a }); };' }],
    ['ES module', 'index.handler', { 'index.mjs': 'export const handler = async (event) => ({ got: event.a });' }],
    ['ES module by package.json', 'index.handler', { 'package.json': '{"type":"module"}', 'index.js': 'export const handler = async (event) => ({ got: event.a });' }],
    ['CommonJS by its name', 'index.handler', { 'package.json': '{"type":"module"}', 'index.cjs': 'exports.handler = async (event) => ({ got: event.a });' }],
    ['by context.succeed', 'index.handler', { 'index.js': 'exports.handler = (event, context) => { setTimeout(() => context.succeed({ got: event.a }), 1); };' }],
    ['by context.done', 'index.handler', { 'index.js': 'exports.handler = (event, context) => { setImmediate(context.done, null, { got: event.a }); };' }],
    ['a promise that is no Promise', 'index.handler', { 'index.js': 'exports.handler = (event) => ({ then: (resolve) => resolve({ got: event.a }) });' }],
    ['a folder with an index', 'app.handler', { 'node_modules/app/index.js': 'exports.handler = async (event) => ({ got: event.a });' }],
    ['in a folder, nested', 'src/app.api.run', { 'src/app.js': 'exports.api = { run: async (event) => ({ got: event.a }) };' }],
  ])('%s', async (_, handler, files) => {
    await addFunction(local, 'f', files, { handler });
    const done = await invoke('f', { a: 7 });
    expect([parsed(done), done.functionError]).toEqual([{ got: 7 }, null]);
  });

  // What the documentation says of callbacks: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
  test.each([
    ['a callback waits until nothing is left to do', "(e, c, callback) => { callback(null, 'early'); setTimeout(() => console.log('LATE'), 30); }", '"early"', true],
    ['unless it need not', "(e, c, callback) => { c.callbackWaitsForEmptyEventLoop = false; callback(null, 'early'); setTimeout(() => console.log('LATE'), 1000).unref(); setInterval(() => {}, 1000); }", '"early"', false],
    ['an error waits for nothing', "(e, c, callback) => { callback('no'); setInterval(() => {}, 1000); }", '{"errorType":"string","errorMessage":"no","trace":[]}', false],
    ['who neither answers nor has anything left to do answers null', '() => 7', 'null', false],
    ['nor does a promise that nothing settles', '() => new Promise(() => {})', 'null', false],
  ])('%s', async (_, code, payload, late) => {
    await addFunction(local, 'f', { 'index.js': `exports.handler = ${code};` });
    const done = await invoke('f');
    expect(done.payload.toString()).toBe(payload);
    expect(done.lines.join('\n').includes('\tLATE')).toBe(late);
  });

  test('from Node 24 on, what a plain function returns is its answer, and callbacks are refused', async () => {
    await addFunction(local, 'plain', { 'index.js': 'exports.handler = (event, context) => Object.keys(context).filter((name) => /^(done|fail|succeed|callback)/.test(name));' }, { runtime: 'nodejs24.x' });
    expect(parsed(await invoke('plain'))).toEqual([]);
    await addFunction(local, 'old', { 'index.js': 'exports.handler = (event, context, callback) => callback(null, 1);' }, { runtime: 'nodejs24.x' });
    expect(parsed(await invoke('old'))).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  test('response streaming is refused by name', async () => {
    await addFunction(local, 'f', { 'index.mjs': 'export const handler = awslambda.streamifyResponse(async (event, stream) => stream.end());' });
    expect(parsed(await invoke('f'))).toMatchObject({ errorType: 'UnsupportedOperation', errorMessage: expect.stringContaining('awslambda.streamifyResponse') as string });
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

test('a process that nobody needs for long ends, and one that is needed again does not', async () => {
  const record = await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => process.pid;' });
  const { worker: unneeded } = await acquire(local, record);
  await unneeded.next();
  release(local, record, unneeded, 1);
  expect(await unneeded.ended).toEqual({ kind: 'killed', signal: 'SIGKILL' });
  const [{ worker: needed }, { worker: other }] = await Promise.all([acquire(local, record), acquire(local, record)]);
  await Promise.all([needed.next(), other.next()]);
  release(local, record, other, 100);
  release(local, record, needed, 100);
  expect(await acquire(local, record)).toEqual({ worker: needed, cold: false });
  await other.ended;
  release(local, record, needed);
  expect(await invoke('f')).toMatchObject({ functionError: null, payload: expect.anything() as unknown });
  expect((await acquire(local, record)).worker).toBe(needed);
});

test('what NODE_OPTIONS loads is loaded once, and sees the function\'s arguments', async () => {
  await addFunction(local, 'f', { 'before.js': 'console.log("BEFORE " + process.argv.length);', 'index.js': 'exports.handler = async () => process.argv.length;' }, { environment: { NODE_OPTIONS: '--require=./before.js' } });
  const done = await invoke('f');
  expect(done.lines.filter((line) => line.includes('BEFORE'))).toHaveLength(1);
  expect(parsed(done)).toBe(2);
});

test('an answer is there as soon as it is given, whatever the process does then', async () => {
  await addFunction(local, 'f', { 'index.js': "exports.handler = async () => { setImmediate(() => { for (;;); }); return 'done'; };" }, { timeout: 1 });
  expect(parsed(await invoke('f'))).toBe('done');
  expect(parsed(await invoke('f'))).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

describe('failures', () => {
  test.each<[string, Record<string, string>, string, unknown]>([
    ['a missing file', { 'other.js': '' }, 'Runtime.ImportModuleError', "Error: Cannot find module 'index'"],
    ['a missing module', { 'index.js': "require('none');" }, 'Runtime.ImportModuleError', expect.stringMatching(/^Error: Cannot find module 'none'/)],
    ['a missing module of an ES module', { 'index.mjs': "import 'none'; export const handler = 1;" }, 'Error', expect.stringMatching(/^Cannot find package 'none' imported from /)],
    ['a missing handler', { 'index.js': 'exports.other = 1;' }, 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['a handler that is none', { 'index.js': 'exports.handler = {};' }, 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['a syntax error', { 'index.js': 'exports.handler = ;' }, 'Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token ';'"],
    ['an error while loading', { 'index.js': 'throw new RangeError("at once");' }, 'RangeError', 'at once'],
    ['a thrown error', { 'index.js': 'exports.handler = async () => { throw new TypeError("no"); };' }, 'TypeError', 'no'],
    ['no error that is thrown', { 'index.js': 'exports.handler = async () => { throw { a: 1 }; };' }, 'object', '[object Object]'],
    ['an error outside of the promise', { 'index.js': 'exports.handler = () => new Promise(() => setImmediate(() => { throw new RangeError("late"); }));' }, 'RangeError', 'late'],
    ['a rejection that nobody handles', { 'index.js': 'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise((done) => setTimeout(done, 1000)); };' }, 'Runtime.UnhandledPromiseRejection', 'Error: lost'],
    ['an answer that is no JSON', { 'index.js': 'exports.handler = async () => 1n;' }, 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['too large an answer', { 'index.js': 'exports.handler = async () => "x".repeat(6 * 1024 * 1024 + 99);' }, 'Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size (6291556 bytes).'],
  ])('%s', async (_, files, errorType, errorMessage) => {
    await addFunction(local, 'f', files);
    const done = await invoke('f');
    expect(done.functionError).toBe('Unhandled');
    expect(parsed(done)).toMatchObject({ errorType, errorMessage });
  });

  test.each([
    ['exits', 'process.exit(3);', 'Runtime exited with error: exit status 3', 'Runtime.ExitError'],
    ['exits as if all were well', 'process.exit(0);', 'Runtime exited without providing a reason', 'Runtime.ExitError'],
    ['exits and leaves a child', "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' }); process.exit(4);", 'Runtime exited with error: exit status 4', 'Runtime.ExitError'],
    ['aborts', 'process.abort();', 'Runtime exited with error: signal: aborted', 'Runtime.ExitError'],
    ['takes more memory than it has', 'const all = Buffer.alloc(400 * 1024 * 1024, 1); await new Promise((done) => setTimeout(done, 2500)); return all.length;', 'Runtime exited with error: signal: killed', 'Runtime.OutOfMemory'],
    ['takes more and more memory in one loop', 'for (const all = [];;) all.push(Buffer.alloc(1024 * 1024, 1));', 'Runtime exited with error: signal: killed', 'Runtime.OutOfMemory'],
  ])('a process that %s', async (_, code, text, errorType) => {
    await addFunction(local, 'f', { 'index.js': `exports.handler = async () => { ${code} };` });
    const done = await invoke('f');
    expect(parsed(done)).toEqual({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${done.requestId} Error: ${text}` });
    expect(done.lines.at(-3)).toBe(`RequestId: ${done.requestId} Error: ${text}`);
    expect(done.lines.at(-1)).toContain(`\tStatus: error\tError Type: ${errorType}`);
    expect(done.lines.at(-1)).toMatch(/Max Memory Used: [1-9]\d* MB/);
  });

  test('a function within its memory is left alone', async () => {
    await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => { const all = Buffer.alloc(60 * 1024 * 1024, 1); await new Promise((done) => setTimeout(done, 300)); return all.length; };' });
    const done = await invoke('f');
    expect(parsed(done)).toBe(60 * 1024 * 1024);
    expect(Number(/Max Memory Used: (\d+) MB/.exec(done.lines.at(-1) ?? '')?.[1])).toBeGreaterThan(60);
  });

  test('an initialization that fails says so before the invocation starts, and is tried again', async () => {
    await addFunction(local, 'f', { 'index.js': 'console.log("loading"); process.exit(5);' });
    for (const invocation of [await invoke('f'), await invoke('f')]) {
      const { lines, requestId } = invocation;
      expect(lines.map((line) => line.replace(/[\d.]+ m/, 'N m').split('\t').slice(-3).join(' '))).toEqual([
        'undefined INFO loading',
        expect.stringMatching(/^Phase: init Status: error Error Type: Runtime.ExitError$/),
        `START RequestId: ${requestId} Version: $LATEST`,
        `RequestId: ${requestId} Error: Runtime exited with error: exit status 5`,
        `END RequestId: ${requestId}`,
        expect.stringContaining('Error Type: Runtime.ExitError'),
      ]);
    }
  });

  test('an initialization that takes too long is begun anew with the time of the function', async () => {
    await addFunction(local, 'f', { 'index.js': "const { existsSync, writeFileSync } = require('node:fs'); if (!existsSync('seen')) { writeFileSync('seen', ''); for (;;); } exports.handler = async () => 'ready';" });
    const done = await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'), { initLimit: 1000 });
    expect(parsed(done)).toBe('ready');
    // Node's timers count whole milliseconds: one of 1000 may end after 999.98.
    expect(done.lines[0]).toMatch(/^INIT_REPORT Init Duration: (?:999|1\d{3})\.\d\d ms\tPhase: init\tStatus: timeout$/);
    await addFunction(local, 'g', { 'index.js': 'for (;;);' }, { timeout: 1 });
    expect(parsed(await invokeFunction(local, 'us-west-2', 'g', Buffer.from('{}'), { initLimit: 300 }))).toMatchObject({ errorType: 'Sandbox.Timedout' });
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
    expect(done.lines.at(-1)).toMatch(/Max Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms\tStatus: timeout\t$/);
    const pids = /PIDS (\d+) (\d+)/.exec(done.lines.join('\n'))?.slice(1).map(Number) ?? [];
    expect(pids).toHaveLength(2);
    // The signal is sent; the kernel ends each in its own time.
    while (pids.some(runs)) await setImmediate();
  });
});

describe('logs', () => {
  test('JSON: what is below INFO is not written, which is its level where none is given', async () => {
    await addFunction(local, 'f', { 'index.js': "exports.handler = async () => { for (const level of ['trace', 'debug', 'log', 'error']) console[level](level); };" }, { logFormat: 'JSON' });
    const { lines } = await invoke('f');
    expect(lines.flatMap((line) => (JSON.parse(line) as { readonly message?: string }).message ?? [])).toEqual(['log', 'error']);
  });

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

test('code that no function names any more goes, once nobody runs it', async () => {
  const record = await addFunction(local, 'f', { 'index.js': 'exports.handler = () => new Promise((done) => setTimeout(done, 300, 1));' });
  const old = codeFolder(local, record.code);
  mkdirSync(`${codeFolder(local, 'half')}.working`, { recursive: true });
  const running = invoke('f');
  const next = await addFunction(local, 'f', { 'index.js': 'exports.handler = async () => 2;' }, { revision: '2' });
  retireIdle(local, record.arn);
  await setImmediate();
  await setImmediate();
  expect(existsSync(old)).toBe(true);
  expect(parsed(await running)).toBe(1);
  while (existsSync(old)) await setImmediate();
  expect(readdirSync(codeFolder(local, ''))).toEqual([next.code]);
});

test.each(['../out.js', '/out.js'])('a package that leads out of its folder is refused: %s', async (name) => {
  await expect(unpackCode(local, storedZip({ [name]: '' }))).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
});
