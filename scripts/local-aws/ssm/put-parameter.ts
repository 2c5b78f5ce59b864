import { AwsError } from '../aws-error';
import type { LocalAws } from '../service';
import { findParameter, parameterKey, parameters, type ParameterRecord } from './parameters';

/** Of the standard tier: bytes. */
const longestValue = 4096;

export interface ParameterInit {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly description: string | null;
  readonly allowedPattern: string | null;
  readonly overwrite: boolean;
}

/**
 * @throws AwsError ValidationException, ParameterAlreadyExists, ParameterPatternMismatchException, UnsupportedParameterType
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function putParameter(local: LocalAws, region: string, init: ParameterInit): ParameterRecord {
  const before = findParameter(local, region, init.name);
  if (before !== null && !init.overwrite) {
    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
  }
  checkValue(init);
  const record: ParameterRecord = {
    name: init.name,
    type: init.type === 'StringList' ? 'StringList' : 'String',
    value: init.value,
    description: init.description,
    allowedPattern: init.allowedPattern,
    version: (before?.version ?? 0) + 1,
    modified: new Date().toISOString(),
  };
  parameters(local).set(parameterKey(region, init.name), record);
  return record;
}

function checkValue({ name, type, value, allowedPattern }: ParameterInit): void {
  if (!/^\/?[\w.-]+(\/[\w.-]+)*$/.test(name)) {
    throw new AwsError('ValidationException', 'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_');
  }
  if (/^\/?(ssm|aws)/i.test(name)) throw new AwsError('ValidationException', `Parameter name: can't be prefixed with "ssm" or "aws" (case-insensitive): ${name}`);
  if (type !== 'String' && type !== 'StringList') {
    throw new AwsError('UnsupportedParameterType', `The parameter type ${type} is not supported by the local AWS, which has String and StringList.`);
  }
  if (value === '') throw new AwsError('ValidationException', "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1");
  if (Buffer.byteLength(value) > longestValue) {
    throw new AwsError('ValidationException', 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.');
  }
  if (allowedPattern !== null && !new RegExp(`^(?:${allowedPattern})$`).test(value)) {
    throw new AwsError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`);
  }
}
