/**
 * The program that a function's process runs. It is text, written to the state's folder, because what it runs in is a
 * Node of its own that knows neither our TypeScript nor our bundle. Its messages follow Lambda's own Node runtime.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export const runtimeSource = String.raw`
import { existsSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const root = process.env.LAMBDA_TASK_ROOT;
const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
let requestId = undefined;
const callbacks = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) < 24;
const send = process.send.bind(process);
process.send = undefined;

const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...parts) => {
    const timestamp = new Date().toISOString();
    const message = parts.length === 1 && typeof parts[0] === 'object' && json ? parts[0] : format(...parts);
    const line = json ? record(timestamp, level, message) : [timestamp, requestId, level, message].join('\t').replaceAll('\n', '\r');
    process.stdout.write(line + '\n');
  };
}

function record(timestamp, level, message) {
  const whole = { timestamp, level, requestId, message: message instanceof Error ? problem(message) : message };
  try { return JSON.stringify(whole); } catch { return JSON.stringify({ ...whole, message: format(message) }); }
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

function problem(error) {
  if (!(error instanceof Error)) return { errorType: typeof error === 'object' && error !== null ? 'object' : typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

async function load() {
  const whole = process.env._HANDLER;
  const file = basename(whole);
  const dot = file.indexOf('.');
  if (dot < 1) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  if (whole.includes('..')) throw named('Runtime.MalformedHandlerName', "'" + whole + "' is not a valid handler name. Use absolute paths when specifying root directories in handler names.");
  const moduleName = file.slice(0, dot);
  const base = join(root, dirname(whole), moduleName);
  const found = ['.js', '.mjs', '.cjs'].map((extension) => base + extension).find((path) => existsSync(path));
  if (found === undefined) throw named('Runtime.ImportModuleError', "Error: Cannot find module '" + moduleName + "'");
  let loaded;
  try {
    loaded = await open(found);
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', 'SyntaxError: ' + error.message);
    if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', 'Error: ' + error.message);
    throw error;
  }
  const handler = file.slice(dot + 1).split('.').reduce((value, name) => value?.[name], loaded) ?? file.slice(dot + 1).split('.').reduce((value, name) => value?.[name], loaded?.default);
  if (handler === undefined) throw named('Runtime.HandlerNotFound', whole + ' is undefined or not exported');
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', whole + ' is not a function');
  if (handler.length >= 3 && !callbacks) throw named('Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
  return handler;
}

async function open(path) {
  if (path.endsWith('.mjs')) return import(pathToFileURL(path).href);
  try {
    return createRequire(path)(path);
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(path).href);
    throw error;
  }
}

function run(handler, { event, requestId, deadline, arn }) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error === null || error === undefined ? resolve(result) : reject(error));
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      invokedFunctionArn: arn,
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
      succeed: (result) => callback(null, result),
      fail: (error) => callback(error ?? new Error('handled')),
      done: callback,
    };
    const returned = handler(JSON.parse(event), context, callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    // Up to Node 22 the value that a plain function returns is not its answer.
    else if (handler.length < 3) setImmediate(() => resolve(callbacks ? null : returned));
  });
}

/** Tells the reader of both pipes that what the invocation wrote is through. */
function mark(id) {
  process.stdout.write('\u0000' + id + '\n');
  process.stderr.write('\u0000' + id + '\n');
}

function fatal(type) {
  return (error) => {
    const report = { ...problem(error), ...(type === undefined ? {} : { errorType: type, errorMessage: String(error) }) };
    writeSync(2, JSON.stringify(report) + '\n');
    send({ kind: requestId === undefined ? 'init-error' : 'fatal', report, requestId }, () => process.exit(128));
  };
}
process.on('uncaughtException', fatal());
process.on('unhandledRejection', fatal('Runtime.UnhandledPromiseRejection'));

let handler;
try {
  handler = await load();
} catch (error) {
  const report = problem(error);
  writeSync(2, JSON.stringify(report) + '\n');
  send({ kind: 'init-error', report }, () => process.exit(1));
  await new Promise(() => {});
}
process.on('message', async (message) => {
  requestId = message.requestId;
  let answer;
  try {
    const result = await run(handler, message);
    answer = { kind: 'result', payload: JSON.stringify(result === undefined ? null : result), requestId };
  } catch (error) {
    const report = problem(error);
    console.error(json ? error : 'Invoke Error \t' + JSON.stringify({ ...report, stack: report.trace }));
    answer = { kind: 'error', report, requestId };
  }
  mark(requestId);
  send({ ...answer, memory: process.resourceUsage().maxRSS });
});
// The local AWS is gone, killed perhaps: nothing of the group outlives it.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
send({ kind: 'ready' });
`;
