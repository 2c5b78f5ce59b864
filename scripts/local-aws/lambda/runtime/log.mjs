// The function's log: `console` as Lambda's Node runtimes patch it, in text or JSON.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/LogPatch.js
import { format } from 'node:util';
import { problem } from './errors.mjs';

const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON';

/** Undefined until the first invocation: Lambda writes the word. */
export const invocation = { requestId: undefined };

const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };

/** Makes `console` write lines of the log. Below the level that the function's logging has, it writes nothing. */
export function patchConsole() {
  const order = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  const least = order.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL);
  for (const [name, level] of Object.entries(levels)) Reflect.set(console, name, order.indexOf(level) < least ? () => {} : (...parts) => write(level, parts));
}

/** Logs what the function threw, or rejected with. */
export function logError(what, thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (json) write('ERROR', [error]);
  else write('ERROR', [what, `\t${errorText(error)}`]);
}

/** Tells the reader of both pipes that what the invocation wrote is through. */
export function mark(id) {
  process.stdout.write(`\0${id}\n`);
  process.stderr.write(`\0${id}\n`);
}

function write(level, parts) {
  const timestamp = new Date().toISOString();
  const line = json ? record(timestamp, level, parts) : [timestamp, String(invocation.requestId), level, format(...parts)].join('\t').replaceAll('\n', '\r');
  process.stdout.write(`${line}\n`);
}

function record(timestamp, level, [message, ...rest]) {
  const whole = { timestamp, level, requestId: invocation.requestId, message };
  if (rest.length > 0) return JSON.stringify({ ...whole, message: format(message, ...rest), ...described(rest.find((each) => each instanceof Error)) });
  try {
    return JSON.stringify(whole, (_, value) => (value instanceof Error ? Object.assign(described(value), value) : value));
  } catch {
    return JSON.stringify({ ...whole, message: format(message) });
  }
}

function described(error) {
  if (error === undefined) return {};
  const { constructor, message, stack } = error;
  return { errorType: constructor?.name ?? 'UnknownError', errorMessage: message, stackTrace: typeof stack === 'string' ? stack.split('\n') : [] };
}

function errorText(error) {
  const { errorType, errorMessage, trace } = problem(error);
  try {
    return JSON.stringify({ errorType, errorMessage, code: error.code, ...error, stack: trace });
  } catch {
    return JSON.stringify(problem(error));
  }
}
