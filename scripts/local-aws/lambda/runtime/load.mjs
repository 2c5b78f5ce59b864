// Finds and loads the handler that `_HANDLER` names, with Lambda's words where that is not possible.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/UserFunction.js
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { named } from './errors.mjs';

const root = process.env.LAMBDA_TASK_ROOT;

/** @param callbacks whether the runtime still takes handlers with a callback */
export async function loadHandler(callbacks) {
  const whole = process.env._HANDLER;
  if (whole.includes('..')) throw named('Runtime.MalformedHandlerName', `'${whole}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`);
  const file = basename(whole);
  const [, moduleName, name] = /^([^.]*)\.(.*)$/.exec(file) ?? [];
  if (name === undefined) throw named('Runtime.MalformedHandlerName', 'Bad handler');
  const loaded = await loadModule(join(root, whole.slice(0, whole.indexOf(file))), moduleName);
  const find = (start) => name.split('.').reduce((value, key) => (value && typeof value === 'object' ? value[key] : undefined), start);
  const handler = find(loaded) || find(loaded?.default);
  if (!handler) throw named('Runtime.HandlerNotFound', `${whole} is undefined or not exported`);
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${whole} is not a function`);
  if (handler.length >= 3 && !callbacks) throw named('Runtime.CallbackHandlerDeprecated', 'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.');
  return handler;
}

async function loadModule(folder, moduleName) {
  try {
    return await open(folder, moduleName);
  } catch (error) {
    const text = String(error);
    if (error instanceof SyntaxError) throw named('Runtime.UserCodeSyntaxError', text, error.stack);
    if (error?.code === 'MODULE_NOT_FOUND') throw named('Runtime.ImportModuleError', text);
    throw error;
  }
}

async function open(folder, moduleName) {
  const found = ['', '.js', '.mjs', '.cjs'].map((extension) => join(folder, moduleName) + extension).find((path) => existsSync(path));
  const require = createRequire(join(root, 'x'));
  if (found === undefined) return openPackage(require, folder, moduleName);
  if (found.endsWith('.mjs')) return import(pathToFileURL(found).href);
  try {
    return require(found);
  } catch (error) {
    if (error?.code === 'ERR_REQUIRE_ESM' || error?.code === 'ERR_REQUIRE_ASYNC_MODULE') return import(pathToFileURL(found).href);
    throw error;
  }
}

function openPackage(require, folder, moduleName) {
  try {
    return require(require.resolve(moduleName, { paths: [root, folder] }));
  } catch (error) {
    // Its list of who required it would name us.
    if (error?.code === 'MODULE_NOT_FOUND') error.message = error.message.split('\nRequire stack:')[0];
    throw error;
  }
}
