import { watchSource, watchBytes } from './watch-source';

/**
 * The program that a function's process runs. It is text, written to the state's folder, because what it runs in is a
 * Node of its own that knows neither our TypeScript nor our bundle. Its messages follow Lambda's own Node runtimes:
 * up to Node 22 with callbacks and an answer once nothing is left to do, from Node 24 with promises alone.
 *
 * Its argument is the process id of the local AWS.
 *
 * @see https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
 */
export const runtimeSource = String.raw`
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { Worker } from 'node:worker_threads';

const root = process.env.LAMBDA_TASK_ROOT;
const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';
const callbacks = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) < 24;
const bytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024 + ${watchBytes};
new Worker(${JSON.stringify(watchSource)}, { eval: true, execArgv: [], env: {}, workerData: { parent: Number(process.argv[2]), bytes } }).unref();
process.argv.length = 2;
const send = process.send.bind(process);
process.send = undefined;
let requestId = undefined;

const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
for (const [name, level] of Object.entries(levels)) {
  console[name] = (...parts) => {
    const timestamp = new Date().toISOString();
    const line = json ? record(timestamp, level, parts) : [timestamp, String(requestId), level, format(...parts)].join('\t').replaceAll('\n', '\r');
    process.stdout.write(line + '\n');
  };
}

function record(timestamp, level, [message, ...rest]) {
  const whole = { timestamp, level, requestId, message };
  if (rest.length === 0) {
    try { return JSON.stringify(whole, (_, value) => (value instanceof Error ? Object.assign(described(value), value) : value)); } catch { return JSON.stringify({ ...whole, message: format(message) }); }
  }
  return JSON.stringify({ ...whole, message: format(message, ...rest), ...described(rest.find((each) => each instanceof Error)) });
}

function described(error) {
  return error === undefined ? {} : { errorType: error.constructor?.name ?? 'UnknownError', errorMessage: error.message, stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [] };
}

function named(name, message, stack) {
  const error = Object.assign(new Error(message), { name });
  error.stack = stack ?? error.stack.replace(/^Error/, name);
  return error;
}

function problem(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function logError(what, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (json) return console.error(error);
  const { errorType, errorMessage, trace } = problem(error);
  let text;
  try { text = JSON.stringify({ errorType, errorMessage, code: error.code, ...error, stack: trace }); } catch { text = JSON.stringify(problem(error)); }
  console.error(what, '\t' + text);
}

const streaming = () => { throw named('UnsupportedOperation', 'The local AWS does not model response streaming (awslambda.streamifyResponse). Return the response whole, or deploy to an account.'); };
globalThis.awslambda = { streamifyResponse: streaming, HttpResponseStream: { from: streaming } };

async function load() {
  const whole = process.env._HANDLER;
  if (whole.includes('..')) throw named('Runtime.MalformedHandlerName', "'" + whole + "' is not a valid handler name. Use absolute paths when specifying root directories in handler names.");
  const file = basename(whole);
  const [, moduleName, name] = /^([^.]*)\.(.*)$/.exec(file) ?? [];
  if (name === undefined) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  let loaded;
  try {
    loaded = await open(join(root, whole.slice(0, whole.indexOf(file))), moduleName);
  } catch (error) {
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', String(error), error.stack);
    if (error?.code === 'MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', String(error));
    throw error;
  }
  const find = (start) => name.split('.').reduce((value, key) => (value && typeof value === 'object' ? value[key] : undefined), start);
  const handler = find(loaded) || find(loaded?.default);
  if (!handler) throw named('Runtime.HandlerNotFound', whole + ' is undefined or not exported');
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', whole + ' is not a function');
  if (handler.length >= 3 && !callbacks) throw named('Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
  return handler;
}

async function open(folder, moduleName) {
  const found = ['', '.js', '.mjs', '.cjs'].map((extension) => join(folder, moduleName) + extension).find((path) => existsSync(path));
  const require = createRequire(join(root, 'x'));
  if (found === undefined) {
    try {
      return require(require.resolve(moduleName, { paths: [root, folder] }));
    } catch (error) {
      // Its list of who required it would name us.
      if (error?.code === 'MODULE_NOT_FOUND') error.message = error.message.split('\nRequire stack:')[0];
      throw error;
    }
  }
  if (found.endsWith('.mjs')) return import(pathToFileURL(found).href);
  try {
    return require(found);
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(found).href);
    throw error;
  }
}

/** What happens when nothing is left to do. */
let whenIdle = null;
process.on('beforeExit', () => {
  const act = whenIdle;
  whenIdle = null;
  if (act !== null) setImmediate(act);
});

async function run(handler, { event, requestId, deadline, arn }) {
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  if (!callbacks) {
    delete context.callbackWaitsForEmptyEventLoop;
    return handler(JSON.parse(event), context);
  }
  return new Promise((resolve, reject) => {
    const done = (error, result) => {
      whenIdle = null;
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    context.done = done;
    context.succeed = (result) => done(null, result);
    context.fail = (error) => done(error ?? 'handled');
    const callback = (error, result) => {
      if ((error === null || error === undefined) && context.callbackWaitsForEmptyEventLoop) whenIdle = () => resolve(result);
      else done(error, result);
    };
    // Who neither answers nor has anything left to do has answered null.
    whenIdle = () => resolve(null);
    const returned = handler(JSON.parse(event), context, callback);
    if (typeof returned?.then === 'function') returned.then(context.succeed, context.fail);
  });
}

function textOf(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw named('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}

/** Tells the reader of both pipes that what the invocation wrote is through. */
function mark(id) {
  process.stdout.write('\u0000' + id + '\n');
  process.stderr.write('\u0000' + id + '\n');
}

function fatal(what, error, code) {
  logError(what, error);
  send({ kind: requestId === undefined ? 'init-error' : 'fatal', report: problem(error), memory: process.resourceUsage().maxRSS }, () => process.exit(code));
}
process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => fatal('Unhandled Promise Rejection', named('Runtime.UnhandledPromiseRejection', String(reason)), 128));

let handler;
try {
  handler = await load();
} catch (error) {
  fatal('Uncaught Exception', error, 1);
  await new Promise(() => {});
}
process.on('message', async (message) => {
  requestId = message.requestId;
  // So that what is left to do is the function's alone.
  process.channel.unref();
  let answer;
  try {
    answer = { kind: 'result', payload: textOf(await run(handler, message)) };
  } catch (error) {
    logError('Invoke Error', error);
    answer = { kind: 'error', report: problem(error) };
  }
  process.channel.ref();
  mark(requestId);
  send({ ...answer, memory: process.resourceUsage().maxRSS });
});
// The local AWS is gone, killed perhaps: nothing of the group outlives it.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
send({ kind: 'ready' });
`;
