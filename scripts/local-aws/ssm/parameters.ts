import { fitsPattern } from '../allowed-pattern';
import { AwsError } from '../aws-error';
import { physicalName, type NameOf } from '../physical-name';
import { textProperty } from '../properties';
import type { LocalAws } from '../service';
import type { Table } from '../store';

/** One parameter of Parameter Store. */
export interface Parameter {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly version: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** The name of a parameter that a stack makes. */
export const parameterName: NameOf = (context, properties) => textProperty(properties, 'Name') ?? physicalName({ ...context, stackName: 'CFN' }, 255);

function parameters(local: LocalAws): Table<Parameter> {
  return local.store.table<Parameter>('ssm-parameters');
}

const keyOf = (region: string, name: string): string => `${region}/${name}`;

/** Whether there is a parameter of that name or not. */
export function parameterArn(local: LocalAws, region: string, name: string): string {
  return `arn:aws:ssm:${region}:${local.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

/** Null where there is none of that name in the region. */
export function findParameter(local: LocalAws, region: string, name: string): Parameter | null {
  return parameters(local).get(keyOf(region, name)) ?? null;
}

/** The value of a parameter, for templates; `null` where there is none. */
export function parameterValue(local: LocalAws, region: string, name: string): string | null {
  return findParameter(local, region, name)?.value ?? null;
}

/** A parameter that is to be put. */
export interface NewParameter extends Pick<Parameter, 'name' | 'type' | 'value' | 'tags'> {
  readonly allowedPattern?: string | null;
  readonly overwrite: boolean;
}

/**
 * @throws AwsError AccessDeniedException, ParameterAlreadyExists, ParameterPatternMismatchException, InvalidAllowedPatternException, ValidationException
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function putParameter(local: LocalAws, region: string, { name, type, value, tags, allowedPattern = null, overwrite }: NewParameter): Parameter {
  verifyName(name);
  if (Buffer.byteLength(value) > mostBytes) throw new AwsError('ValidationException', 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.');
  const fits = allowedPattern === null || fitsPattern(allowedPattern, value);
  if (fits === null) throw new AwsError('InvalidAllowedPatternException', `The regular expression ${allowedPattern} is invalid.`);
  if (!fits) throw new AwsError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`);
  const before = findParameter(local, region, name);
  if (before !== null && !overwrite) {
    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
  }
  const parameter: Parameter = { name, type, value, tags, version: (before?.version ?? 0) + 1, modified: Date.now() / 1000 };
  parameters(local).set(keyOf(region, name), parameter);
  return parameter;
}

/** Of a value of the standard tier. */
const mostBytes = 4096;

function verifyName(name: string): void {
  if (!/^[\w.\-/]+$/.test(name) || name.includes('//') || (name.includes('/') && !name.startsWith('/')) || name.endsWith('/')) {
    throw new AwsError('ValidationException', 'Parameter name must be a fully qualified name. Only a mix of letters, numbers and the following symbols .-_/ are allowed.');
  }
  if (/^\/aws/i.test(name)) throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (/^(aws|ssm)/i.test(name) && !name.includes('/')) throw new AwsError('ValidationException', 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  if (/^\/ssm/i.test(name)) throw new AwsError('ValidationException', `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`);
  if (name.split('/').length > 16) throw new AwsError('HierarchyLevelLimitExceededException', 'A parameter name cannot have more than 15 levels.');
}

/** @returns whether there was one */
export function deleteParameter(local: LocalAws, region: string, name: string): boolean {
  return parameters(local).delete(keyOf(region, name));
}
