// The program that a function's process runs: `main.mjs PROCESS-ID-OF-THE-LOCAL-AWS`. Plain JavaScript, since it runs as
// it stands here, in a Node that knows neither our TypeScript nor our bundle. It does as Lambda's own Node runtimes do: up
// to Node 22 with callbacks and an answer once nothing is left to do, from Node 24 with promises alone.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
import { Worker } from 'node:worker_threads';
import { named, problem } from './errors.mjs';
import { invoke } from './invoke.mjs';
import { loadHandler } from './load.mjs';
import { invocation, logError, mark, patchConsole } from './log.mjs';

/** What a process takes for the watching thread, beyond what the same function would take in Lambda: bytes. */
const watchBytes = 12 * 1024 * 1024;

const bytes = Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024 + watchBytes;
new Worker(new URL('watch.cjs', import.meta.url), { execArgv: [], env: {}, workerData: { parent: Number(process.argv[2]), bytes } }).unref();
// The function sees neither our argument nor our channel.
process.argv.length = 2;
const send = process.send.bind(process);
process.send = undefined;

const callbacks = Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) < 24;

const streaming = () => {
  throw named('UnsupportedOperation', 'The local AWS does not model response streaming (awslambda.streamifyResponse). Return the response whole, or deploy to an account.');
};
globalThis.awslambda = { streamifyResponse: streaming, HttpResponseStream: { from: streaming } };

patchConsole();
process.on('uncaughtException', (error) => fatal('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => fatal('Unhandled Promise Rejection', named('Runtime.UnhandledPromiseRejection', String(reason)), 128));

const handler = await load();
process.on('message', serve);
// The local AWS is gone, killed perhaps: nothing of the group outlives it.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
send({ kind: 'ready', memory: process.resourceUsage().maxRSS });

async function load() {
  try {
    return await loadHandler(callbacks);
  } catch (error) {
    fatal('Uncaught Exception', error, 1);
    return new Promise(() => {});
  }
}

async function serve(message) {
  invocation.requestId = message.requestId;
  // So that what is left to do is the function's alone.
  process.channel.unref();
  const answer = await answerTo(message);
  process.channel.ref();
  mark(message.requestId);
  send({ ...answer, memory: process.resourceUsage().maxRSS });
}

async function answerTo(message) {
  try {
    return { kind: 'result', payload: await invoke(handler, message, callbacks) };
  } catch (error) {
    logError('Invoke Error', error);
    return { kind: 'error', report: problem(error) };
  }
}

function fatal(what, error, code) {
  logError(what, error);
  const kind = invocation.requestId === undefined ? 'init-error' : 'fatal';
  send({ kind, report: problem(error), memory: process.resourceUsage().maxRSS }, () => process.exit(code));
}
