// The program that a function's process runs: `main.mjs PROCESS-ID-OF-THE-LOCAL-AWS`. Plain JavaScript, since it runs as
// it stands here, in a Node that knows neither our TypeScript nor our bundle. It does as Lambda's own Node runtimes do: up
// to Node 22 with callbacks and an answer once nothing is left to do, from Node 24 with promises alone.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
import { Worker } from 'node:worker_threads';
import { nextInvocation, sayError, sayResult } from './api.mjs';
import { named, problem } from './errors.mjs';
import { invoke } from './invoke.mjs';
import { loadHandler } from './load.mjs';
import { invocation, logError, mark, patchConsole } from './log.mjs';

/** What a process takes for the watching thread, beyond what the same function would take in Lambda: bytes. */
const watchBytes = 12 * 1024 * 1024;

const bytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024 + watchBytes;
new Worker(new URL('watch.cjs', import.meta.url), { execArgv: [], env: {}, workerData: { parent: Number(process.argv[2]), bytes } }).unref();
// The function does not see our argument.
process.argv.length = 2;

const callbacks = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) < 24;

const streaming = () => {
  throw named('UnsupportedOperation', 'The local AWS does not model response streaming (awslambda.streamifyResponse). Return the response whole, or deploy to an account.');
};
globalThis.awslambda = { streamifyResponse: streaming, HttpResponseStream: { from: streaming } };

patchConsole();
process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => fatal('Unhandled Promise Rejection', named('Runtime.UnhandledPromiseRejection', String(reason)), 128));

const handler = await load();
void work();

async function load() {
  try {
    return await loadHandler(callbacks);
  } catch (error) {
    fatal('Uncaught Exception', error, 1);
    return new Promise(() => {});
  }
}

async function work() {
  try {
    for (;;) await serve(await nextInvocation());
  } catch {
    // The local AWS is gone, killed perhaps: nothing of the group outlives it.
    process.kill(-process.pid, 'SIGKILL');
  }
}

async function serve(given) {
  invocation.requestId = given.requestId;
  process.env._X_AMZN_TRACE_ID = given.traceId;
  let text;
  try {
    text = await invoke(handler, given, callbacks);
  } catch (error) {
    logError('Invoke Error', error);
    mark(given.requestId);
    return sayError(given.requestId, problem(error));
  }
  mark(given.requestId);
  return sayResult(given.requestId, text);
}

function fatal(what, error, code) {
  logError(what, error);
  const end = () => process.exit(code);
  sayError(invocation.requestId, problem(error)).then(end, end);
}
