import { randomUUID } from 'node:crypto';
import { AwsError, unsupported } from '../aws-error';
import { requiredText, tagsProperty, textProperty } from '../iam/properties';
import { verifyServiceCanAssume } from '../iam/trust';
import type { Json, JsonObject, ResourceContext } from '../resource';
import { readObject } from '../s3/objects';
import type { LocalAws } from '../service';
import { unpackCode } from './code';
import type { FunctionRecord } from './functions';

/**
 * The function that CloudFormation's properties describe, its code unpacked.
 *
 * @throws AwsError for what Lambda refuses, or the local AWS does not model
 */
export async function functionOf({ local, region }: ResourceContext, name: string, properties: JsonObject): Promise<FunctionRecord> {
  if ((textProperty(properties, 'PackageType') ?? 'Zip') !== 'Zip') throw unsupported('Lambda container images');
  const runtime = requiredText(properties, 'Runtime');
  if (!/^nodejs\d+\.x$/.test(runtime)) throw unsupported(`the Lambda runtime ${runtime}`);
  const role = requiredText(properties, 'Role');
  verifyServiceCanAssume(local, role, 'lambda.amazonaws.com');
  const zip = codeOf(local, objectProperty(properties, 'Code'));
  const [architecture = 'x86_64'] = (properties['Architectures'] ?? []) as string[];
  return {
    name,
    arn: `arn:aws:lambda:${region}:${local.account}:function:${name}`,
    region,
    runtime,
    handler: requiredText(properties, 'Handler'),
    role,
    description: textProperty(properties, 'Description') ?? '',
    memory: between(properties, 'MemorySize', 128, 10_240, 128),
    timeout: between(properties, 'Timeout', 1, 900, 3),
    environment: variablesOf(objectProperty(properties, 'Environment')),
    architecture,
    ...loggingOf(name, objectProperty(properties, 'LoggingConfig')),
    tracing: tracingOf(objectProperty(properties, 'TracingConfig')),
    code: await unpackCode(local, zip),
    codeSize: zip.length,
    tags: tagsProperty(properties),
    permissions: {},
    lastModified: new Date().toISOString(),
    revision: randomUUID(),
  };
}

function codeOf(local: LocalAws, code: JsonObject): Buffer {
  only('Code', code, ['S3Bucket', 'S3Key']);
  return readObject(local, requiredText(code, 'S3Bucket'), requiredText(code, 'S3Key'));
}

/**
 * The variables of `{ Variables: { … } }`.
 *
 * @throws AwsError InvalidParameterValueException for those that Lambda itself sets; UnsupportedOperation for those that
 * change how its runtime works
 */
export function variablesOf(environment: JsonObject): Record<string, string> {
  only('Environment', environment, ['Variables']);
  const given = objectProperty(environment, 'Variables');
  const variables = Object.fromEntries(Object.keys(given).map((name) => [name, requiredText(given, name)]));
  const names = Object.keys(variables).filter((name) => reserved.has(name)).join(', ');
  if (names !== '') throw new AwsError('InvalidParameterValueException', `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${names}`);
  const other = Object.keys(variables).find((name) => name.startsWith('AWS_LAMBDA_'));
  if (other !== undefined) throw unsupported(`the variable ${other} of Lambda functions`);
  return variables;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const reserved = new Set([
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR', 'AWS_LAMBDA_MAX_CONCURRENCY', 'AWS_LAMBDA_METADATA_API', 'AWS_LAMBDA_METADATA_TOKEN',
]);

function loggingOf(name: string, logging: JsonObject): Pick<FunctionRecord, 'logFormat' | 'logGroup'> {
  only('LoggingConfig', logging, ['LogFormat', 'LogGroup']);
  return { logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text', logGroup: textProperty(logging, 'LogGroup') ?? `/aws/lambda/${name}` };
}

function tracingOf(tracing: JsonObject): string {
  const mode = textProperty(tracing, 'Mode') ?? 'PassThrough';
  if (mode === 'Active' || mode === 'PassThrough') return mode;
  throw new AwsError('ValidationException', `1 validation error detected: Value '${mode}' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]`);
}

function between(properties: JsonObject, name: string, least: number, most: number, usual: number): number {
  const value = Number(properties[name] ?? usual);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const bound = value > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError('ValidationException', `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`);
}

function objectProperty(properties: JsonObject, name: string): JsonObject {
  const value: Json = properties[name] ?? {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new AwsError('ValidationError', `Value of property ${name} must be an object`);
}

function only(property: string, value: JsonObject, names: readonly string[]): void {
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) throw unsupported(`${property}.${other} of AWS::Lambda::Function`);
}
