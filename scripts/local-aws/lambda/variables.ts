import { AwsError, unsupported } from '../aws-error';
import { requiredText } from '../properties';
import type { JsonObject } from '../resource';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR', 'AWS_LAMBDA_MAX_CONCURRENCY', 'AWS_LAMBDA_METADATA_API', 'AWS_LAMBDA_METADATA_TOKEN',
]);

/** Bytes, all together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largest = 4 * 1024;

/**
 * The variables that a function is given.
 *
 * @throws AwsError InvalidParameterValueException for those that Lambda itself sets, and for too many; ValidationException
 * for a name that is none; UnsupportedOperation for what changes how Lambda's runtime works
 */
export function variables(given: JsonObject): Record<string, string> {
  const names = Object.keys(given);
  const taken = names.filter((name) => reserved.has(name)).join(', ');
  if (taken !== '') throw new AwsError('InvalidParameterValueException', `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken}`);
  if (!names.every((name) => /^[a-zA-Z]\w+$/.test(name))) {
    throw new AwsError('ValidationException', "1 validation error detected: Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
  }
  const other = names.find((name) => name.startsWith('AWS_LAMBDA_'));
  if (other !== undefined) throw unsupported(`the variable ${other} of Lambda functions`);
  const found = Object.fromEntries(names.map((name) => [name, requiredText(given, name)]));
  if (Buffer.byteLength(JSON.stringify(found)) > largest) throw new AwsError('InvalidParameterValueException', `${unable} exceeded the 4KB limit.`);
  return found;
}

const unable = 'Lambda was unable to configure your environment variables because the environment variables you have provided';
