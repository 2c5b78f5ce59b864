import { fitsPattern } from '../allowed-pattern';
import { AwsError, unsupported } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import type { StackParameter } from './records';
import { scalarText } from './scalar';
import type { Template } from './template';

/** A parameter as a request gives it. */
export interface GivenParameter {
  readonly key: string;
  readonly value: string | null;
  readonly usePrevious: boolean;
}

/** Reads SSM's Parameter Store; null where it has no such parameter. */
export type ReadSsm = (name: string) => string | null;

const plainTypes = new Set(['String', 'Number', 'List<Number>', 'CommaDelimitedList', 'AWS::SSM::Parameter::Name']);
const ssmTypes = new Set(['String', 'List<String>', 'CommaDelimitedList'].map((type) => `AWS::SSM::Parameter::Value<${type}>`));

/**
 * The value of each parameter that the template has.
 *
 * @throws AwsError ValidationError: missing, unknown, or against its constraints
 */
export function parameterValues(template: Template, given: readonly GivenParameter[], previous: Readonly<Record<string, StackParameter>>, ssm: ReadSsm): Record<string, StackParameter> {
  const unknown = given.filter(({ key }) => !(key in template.parameters)).map(({ key }) => key);
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const byKey = new Map(given.map((parameter) => [parameter.key, parameter]));
  const missing: string[] = [];
  const notInSsm: string[] = [];
  const values: Record<string, StackParameter> = {};
  for (const [key, definition] of Object.entries(template.parameters)) {
    const parameter = byKey.get(key);
    if (parameter?.usePrevious && previous[key] === undefined) {
      throw invalid(`Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
    }
    const value = parameter?.usePrevious ? previous[key]?.value : (parameter?.value ?? scalarText(definition['Default']));
    if (value === undefined || value === null) {
      missing.push(key);
      continue;
    }
    check(key, value, definition);
    const ofSsm = ssmTypes.has(typeOf(definition));
    const resolved = ofSsm ? ssm(value) : null;
    if (ofSsm && resolved === null) notInSsm.push(value);
    values[key] = { value, resolved };
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  if (notInSsm.length > 0) throw invalid(`Unable to fetch parameters [${notInSsm.join(',')}] from parameter store for this account.`);
  return values;
}

/** What `Ref` gives: a list where the type is one. */
export function referenced(definition: JsonObject, parameter: StackParameter): Json {
  const value = parameter.resolved ?? parameter.value;
  if (!typeOf(definition).includes('List')) return value;
  return value === '' ? [] : value.split(',').map((entry) => entry.trim());
}

/** Whether the values of a parameter are shown to nobody. */
export function isNoEcho(definition: JsonObject | undefined): boolean {
  return scalarText(definition?.['NoEcho']) === 'true';
}

function check(key: string, value: string, definition: JsonObject): void {
  const type = typeOf(definition);
  if (!plainTypes.has(type) && !ssmTypes.has(type)) throw unsupported(`the parameter type ${type} (parameter ${key})`);
  const entries = type === 'CommaDelimitedList' || type === 'List<Number>' ? value.split(',').map((entry) => entry.trim()) : [value];
  const says = scalarText(definition['ConstraintDescription']);
  const fail = (constraint: string) => invalid(`Parameter '${key}' ${says === null ? constraint : `failed to satisfy constraint: ${says}`}`);
  if (type.includes('Number') && entries.some((entry) => entry === '' || Number.isNaN(Number(entry)))) throw fail('must be a number.');
  const allowed = definition['AllowedValues'];
  if (Array.isArray(allowed) && !entries.every((entry) => allowed.map(String).includes(entry))) {
    throw fail(`must be one of AllowedValues`);
  }
  const pattern = definition['AllowedPattern'];
  if (typeof pattern === 'string') {
    const fits = new Set(entries.map((entry) => fitsPattern(pattern, entry)));
    if (fits.has(null)) throw unsupported(`the AllowedPattern ${pattern} (parameter ${key})`);
    if (fits.has(false)) throw fail(`must match pattern ${pattern}`);
  }
  const limits: [string, (entry: string, limit: number) => boolean, string][] = [
    ['MinLength', (entry, limit) => entry.length >= limit, 'must contain at least'],
    ['MaxLength', (entry, limit) => entry.length <= limit, 'must contain at most'],
    ['MinValue', (entry, limit) => Number(entry) >= limit, 'must be a number not less than'],
    ['MaxValue', (entry, limit) => Number(entry) <= limit, 'must be a number not greater than'],
  ];
  for (const [name, holds, words] of limits) {
    const limit = definition[name];
    if (limit !== undefined && !entries.every((entry) => holds(entry, Number(limit)))) throw fail(`${words} ${Number(limit)}${name.endsWith('Length') ? ' characters' : ''}`);
  }
}

function typeOf(definition: JsonObject): string {
  return scalarText(definition['Type']) ?? '';
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
