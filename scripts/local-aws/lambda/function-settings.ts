import { randomUUID } from 'node:crypto';
import { AwsError, constraintBroken, unsupported } from '../aws-error';
import { verifyServiceCanAssume } from '../iam/trust';
import { objectProperty, requiredText, tagsProperty, textProperty } from '../properties';
import type { JsonObject, ResourceContext } from '../resource';
import { readObject } from '../s3/objects';
import type { LocalAws } from '../service';
import { unpackCode } from './code';
import { functionArn, type FunctionRecord } from './functions';
import { variables } from './variables';

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
    arn: functionArn(local, region, name),
    region,
    runtime,
    handler: requiredText(properties, 'Handler'),
    role,
    description: textProperty(properties, 'Description') ?? '',
    memory: numberProperty(properties, 'MemorySize', 128, 10_240, 128),
    timeout: numberProperty(properties, 'Timeout', 1, 900, 3),
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
 * @throws AwsError as {@link variables}
 */
export function variablesOf(environment: JsonObject): Record<string, string> {
  only('Environment', environment, ['Variables']);
  return variables(objectProperty(environment, 'Variables'));
}

function loggingOf(name: string, logging: JsonObject): Pick<FunctionRecord, 'logFormat' | 'logGroup'> {
  only('LoggingConfig', logging, ['LogFormat', 'LogGroup']);
  return { logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text', logGroup: textProperty(logging, 'LogGroup') ?? `/aws/lambda/${name}` };
}

function tracingOf(tracing: JsonObject): string {
  const mode = textProperty(tracing, 'Mode') ?? 'PassThrough';
  if (mode === 'Active' || mode === 'PassThrough') return mode;
  throw new AwsError('ValidationException', constraintBroken('tracingConfig.mode', mode, 'satisfy enum value set: [Active, PassThrough]'));
}

/**
 * A whole number within bounds.
 *
 * @param usual where it is not given
 * @throws AwsError ValidationException
 */
export function numberProperty(properties: JsonObject, name: string, least: number, most: number, usual: number): number {
  const value = Number(properties[name] ?? usual);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const bound = value > most ? `less than or equal to ${most}` : `greater than or equal to ${least}`;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new AwsError('ValidationException', constraintBroken(member, String(value), `have value ${bound}`));
}

function only(property: string, value: JsonObject, names: readonly string[]): void {
  const other = Object.keys(value).find((name) => !names.includes(name));
  if (other !== undefined) throw unsupported(`${property}.${other} of AWS::Lambda::Function`);
}
