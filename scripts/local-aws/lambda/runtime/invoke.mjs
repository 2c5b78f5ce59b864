// One invocation: the context that Lambda documents, and the forms in which a handler may answer.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
import { named } from './errors.mjs';

/** What happens when nothing is left to do. */
let whenIdle = null;
process.on('beforeExit', () => {
  const act = whenIdle;
  whenIdle = null;
  if (act !== null) setImmediate(() => act());
});

/**
 * The handler's answer as JSON.
 *
 * @param callbacks whether the runtime still takes callbacks, and an answer once nothing is left to do
 */
export async function invoke(handler, { event, requestId, deadline, arn, clientContext }, callbacks) {
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: arn,
    awsRequestId: requestId,
    ...(clientContext === undefined ? {} : { clientContext: JSON.parse(clientContext) }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  const input = JSON.parse(event);
  return textOf(await (callbacks ? withCallbacks(handler, input, context) : handler(input, context)));
}

function withCallbacks(handler, input, context) {
  return new Promise((resolve, reject) => {
    const done = (error, result) => {
      whenIdle = null;
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    };
    const whole = { callbackWaitsForEmptyEventLoop: true, ...context, done, succeed: (result) => done(null, result), fail: (error) => done(error ?? 'handled') };
    const callback = (error, result) => {
      if ((error === null || error === undefined) && whole.callbackWaitsForEmptyEventLoop) whenIdle = () => resolve(result);
      else done(error, result);
    };
    // Who neither answers nor has anything left to do has answered null.
    whenIdle = () => resolve(null);
    const returned = handler(input, whole, callback);
    if (typeof returned?.then === 'function') returned.then(whole.succeed, whole.fail);
  });
}

function textOf(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    throw named('Runtime.JSONStringifyError', 'Unable to stringify response body');
  }
}
