import { randomUUID } from 'node:crypto';
import { isJsonObject } from '../../configuration/json-object';
import { AwsError, unsupported } from '../aws-error';
import type { JsonObject } from '../resource';
import { readObject } from '../s3/objects';
import type { LocalAws } from '../service';
import { unpackCode } from './code';
import { describeFunction } from './describe-function';
import { variablesOf } from './function-settings';
import type { FunctionRecord } from './functions';
import { retireIdle } from './pool';

/**
 * As a hotswap calls it.
 *
 * @throws AwsError InvalidParameterValueException; UnsupportedOperation for what is not modelled; S3's own for a package that is not there
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
 */
export async function updateCode(local: LocalAws, record: FunctionRecord, input: JsonObject): Promise<JsonObject> {
  const other = Object.keys(input).find((name) => !['S3Bucket', 'S3Key', 'ZipFile', 'DryRun', 'Publish'].includes(name));
  if (other !== undefined || input['Publish'] === true) throw unsupported(`${other ?? 'Publish'} of lambda:UpdateFunctionCode`);
  const { S3Bucket, S3Key, ZipFile } = input;
  const zip = typeof ZipFile === 'string' ? Buffer.from(ZipFile, 'base64') : typeof S3Bucket === 'string' && typeof S3Key === 'string' ? readObject(local, S3Bucket, S3Key) : null;
  if (zip === null) throw new AwsError('InvalidParameterValueException', 'Please provide a source for function code.');
  const code = await unpackCode(local, zip);
  if (input['DryRun'] !== true) change(local, record, { code, codeSize: zip.length });
  return describeFunction(record);
}

/**
 * @throws AwsError InvalidParameterValueException, ValidationException; UnsupportedOperation for what is not modelled
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export function updateConfiguration(local: LocalAws, record: FunctionRecord, input: JsonObject): JsonObject {
  const { Description, Environment, ...rest } = input;
  const other = Object.keys(rest)[0];
  if (other !== undefined) throw unsupported(`${other} of lambda:UpdateFunctionConfiguration`);
  change(local, record, {
    ...(typeof Description === 'string' ? { description: Description } : {}),
    ...(isJsonObject(Environment) ? { environment: variablesOf(Environment) } : {}),
  });
  return describeFunction(record);
}

function change(local: LocalAws, record: FunctionRecord, changes: Partial<FunctionRecord>): void {
  Object.assign(record, changes, { lastModified: new Date().toISOString(), revision: randomUUID() });
  retireIdle(local, record.arn);
}
