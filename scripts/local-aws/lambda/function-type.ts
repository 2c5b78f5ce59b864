import { randomUUID } from 'node:crypto';
import { AwsError, unsupported } from '../aws-error';
import { physicalName } from '../iam/physical-name';
import { requiredText, tagsProperty, textProperty } from '../iam/properties';
import { verifyServiceCanAssume } from '../iam/trust';
import type { Json, JsonObject, ResourceContext, ResourceState, ResourceType } from '../resource';
import { readObject } from '../s3/objects';
import type { LocalAws } from '../service';
import { unpackCode } from './code';
import { functions, getFunction, type FunctionRecord } from './functions';
import { retireIdle } from './pool';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const functionType: ResourceType = {
  name: 'AWS::Lambda::Function',
  properties: {
    Architectures: 'update',
    Code: 'update',
    Description: 'update',
    Environment: 'update',
    FunctionName: 'replace',
    Handler: 'update',
    LoggingConfig: 'update',
    MemorySize: 'update',
    PackageType: 'replace',
    Role: 'update',
    Runtime: 'update',
    Tags: 'update',
    Timeout: 'update',
    TracingConfig: 'recorded',
  },
  async create(context, properties) {
    const name = textProperty(properties, 'FunctionName') ?? physicalName(context, 64);
    const key = `${context.region}/${name}`;
    if (functions(context.local).has(key)) throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    const record = await recordOf(context, name, properties);
    functions(context.local).set(key, record);
    return stateOf(record);
  },
  async update(context, { physicalId }, _before, after) {
    const current = getFunction(context.local, context.region, physicalId);
    Object.assign(current, await recordOf(context, physicalId, after), { permissions: current.permissions });
    retireIdle(context.local, current.arn);
    return stateOf(current);
  },
  async delete({ local, region }, { physicalId }) {
    const record = functions(local).get(`${region}/${physicalId}`);
    if (record === undefined) return;
    functions(local).delete(`${region}/${physicalId}`);
    retireIdle(local, record.arn);
  },
};

async function recordOf(context: ResourceContext, name: string, properties: JsonObject): Promise<FunctionRecord> {
  const { local, region } = context;
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
    environment: environmentOf(properties),
    architecture,
    ...loggingOf(name, objectProperty(properties, 'LoggingConfig')),
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

function environmentOf(properties: JsonObject): Record<string, string> {
  const environment = objectProperty(properties, 'Environment');
  only('Environment', environment, ['Variables']);
  const given = objectProperty(environment, 'Variables');
  const variables = Object.keys(given).map((name) => [name, requiredText(given, name)] as const);
  const reserved = variables.filter(([name]) => /^(AWS_(REGION|DEFAULT_REGION|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|EXECUTION_ENV|LAMBDA_\w+)|_HANDLER|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/.test(name));
  if (reserved.length === 0) return Object.fromEntries(variables);
  const names = reserved.map(([name]) => name).join(', ');
  throw new AwsError('InvalidParameterValueException', `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${names}`);
}

function loggingOf(name: string, logging: JsonObject): Pick<FunctionRecord, 'logFormat' | 'logGroup'> {
  only('LoggingConfig', logging, ['LogFormat', 'LogGroup']);
  return { logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text', logGroup: textProperty(logging, 'LogGroup') ?? `/aws/lambda/${name}` };
}

function between(properties: JsonObject, name: string, least: number, most: number, usual: number): number {
  const value = Number(properties[name] ?? usual);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AwsError('InvalidParameterValueException', `'${name}' value failed to satisfy constraint: Member must have value between ${least} and ${most}`);
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

function stateOf({ name, arn }: FunctionRecord): ResourceState {
  return { physicalId: name, attributes: { Arn: arn } };
}
