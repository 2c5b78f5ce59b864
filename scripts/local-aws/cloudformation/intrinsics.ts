import { isJsonObject } from '../../configuration/json-object';
import { unsupported, type AwsError } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import { getAttReference, placeholder, placeholderReference } from './references';
import { scalarText } from './scalar';
import { knownAfterApply, noValue, type Resolved, type Scope } from './scope';
import { templateError } from './template-error';

/** @throws AwsError ValidationError, with CloudFormation's words */
export function resolve(value: Json, scope: Scope): Resolved {
  if (typeof value === 'string') return resolveDynamic(value, scope);
  if (Array.isArray(value)) return value.map((entry) => resolve(entry, scope)).filter((entry) => entry !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const [name = '', ...others] = Object.keys(value);
  if (name === 'Ref' || name.startsWith('Fn::')) {
    const run = functions[name];
    if (run === undefined || others.length > 0) throw unknownFunction(name);
    return run(value[name] ?? null, scope);
  }
  return resolveObject(value, scope);
}

/** As {@link resolve}, member by member; those without a value are left out. */
export function resolveObject(value: JsonObject, scope: Scope): JsonObject {
  const resolved: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    const result = resolve(member, scope);
    if (result !== noValue) resolved[name] = result;
  }
  return resolved;
}

/** A text, a number or a truth value as text. */
function resolveText(value: Json, scope: Scope, otherwise: string): string {
  return text(resolve(value, scope), otherwise);
}

/**
 * Functions that CloudFormation has and we have not. Those that come with a transform it does not know either without that.
 * Which zones a region has differs from account to account, and nothing that is modelled is in one.
 */
const notModelled = new Set(['Fn::Cidr', 'Fn::GetAZs', 'Fn::Transform']);

/** The refusal of a function: not modelled, or none of CloudFormation's. */
export function unknownFunction(name: string): AwsError {
  if (notModelled.has(name)) return unsupported(`the function ${name}`);
  const known = [...Object.keys(functions), 'Fn::GetAZs', 'Fn::Equals', 'Fn::Not', 'Condition', 'Fn::And', 'Fn::Or', 'Fn::Contains', 'Fn::EachMemberEquals', 'Fn::EachMemberIn'];
  return templateError(`Encountered unsupported function: ${name} Supported functions are: [${known.join(', ')}]`);
}

const functions: Readonly<Record<string, (argument: Json, scope: Scope) => Resolved>> = {
  Ref: (argument, scope) => scope.ref(scalarText(argument) ?? ''),
  'Fn::GetAtt': (argument, scope) => {
    const { target, attribute } = getAttReference(argument);
    return scope.attribute(target, attribute ?? '');
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const wrong = 'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.';
    const [delimiter, list] = pair(argument, wrong);
    return whole(resolvedList(list, scope, wrong).map((entry) => text(entry, wrong)).join(scalarText(delimiter) ?? ''));
  },
  'Fn::Split': (argument, scope) => {
    const wrong = 'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.';
    const [delimiter, source] = pair(argument, wrong);
    const joined = whole(resolveText(source, scope, wrong));
    return joined === knownAfterApply ? knownAfterApply : joined.split(scalarText(delimiter) ?? '');
  },
  'Fn::Select': (argument, scope) => {
    const wrong = 'Fn::Select requires a list argument with two elements: an integer index and a list';
    const [index, list] = pair(argument, wrong);
    const at = Number(resolveText(index, scope, wrong));
    const entries = resolve(list, scope);
    if (entries === knownAfterApply) return knownAfterApply;
    if (!Array.isArray(entries)) throw templateError(wrong);
    const entry = entries[at];
    if (entry === undefined) throw templateError(`Fn::Select cannot select nonexistent value at index ${at}`);
    return entry;
  },
  'Fn::If': (argument, scope) => {
    if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') throw templateError('Fn::If requires a list argument with three elements');
    return resolve(argument[scope.condition(argument[0]) ? 1 : 2] ?? null, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const wrong = 'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value';
    if (!Array.isArray(argument) || argument.length !== 3) throw templateError(wrong);
    const [map = '', first = '', second = ''] = argument.map((part) => resolveText(part, scope, wrong));
    const found = member(member(scope.mappings[map], first), second);
    if (found === undefined) throw templateError(`Unable to get mapping for ${map}::${first}::${second}`);
    return found;
  },
  'Fn::ImportValue': (argument, scope) => scope.exported(resolveText(argument, scope, 'the attribute in Fn::ImportValue must be a string or a function that returns a string')),
  'Fn::GetStackOutput': stackOutput,
  'Fn::Base64': (argument, scope) => {
    const source = whole(resolveText(argument, scope, 'every Fn::Base64 object must have a String-typed value.'));
    return source === knownAfterApply ? knownAfterApply : Buffer.from(source).toString('base64');
  },
};

function substitute(argument: Json, scope: Scope): Json {
  const wrong = 'One or more Fn::Sub intrinsic functions don\'t specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string';
  const [source, variables = {}] = Array.isArray(argument) ? argument : [argument];
  if (typeof source !== 'string' || !isJsonObject(variables)) throw templateError(wrong);
  const substituted = source.replace(placeholder, (written, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (!/^\s*[\w.:]+\s*$/.test(name)) throw templateError('variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons');
    const own = variables[name.trim()];
    if (own !== undefined) return resolveText(own, scope, wrong);
    const { target, attribute } = placeholderReference(name.trim());
    return resolveText(attribute === null ? { Ref: target } : { 'Fn::GetAtt': [target, attribute] }, scope, `Fn::Sub expression does not resolve to a string: ${written}`);
  });
  return whole(substituted);
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
function stackOutput(argument: Json, scope: Scope): Json {
  const wrong = 'every Fn::GetStackOutput object requires the members StackName and OutputName.';
  if (!isJsonObject(argument)) throw templateError(wrong);
  const { StackName, OutputName, Region, RoleArn, ...others } = resolveObject(argument, scope);
  if (Object.keys(others).length > 0 || typeof StackName !== 'string' || typeof OutputName !== 'string') throw templateError(wrong);
  if (RoleArn !== undefined) throw unsupported('Fn::GetStackOutput with a RoleArn');
  return scope.stackOutput(StackName, OutputName, typeof Region === 'string' ? Region : null);
}

function text(resolved: Resolved, otherwise: string): string {
  if (resolved === noValue || resolved === null || typeof resolved === 'object') throw templateError(otherwise);
  return String(resolved);
}

/** A text of which a part is not known yet is not known. */
function whole(joined: string): string {
  return joined.includes(knownAfterApply) ? knownAfterApply : joined;
}

function resolvedList(value: Json, scope: Scope, wrong: string): readonly Json[] {
  const list = resolve(value, scope);
  if (list === knownAfterApply) return [list];
  if (!Array.isArray(list)) throw templateError(wrong);
  return list;
}

function pair(argument: Json, wrong: string): [Json, Json] {
  if (!Array.isArray(argument) || argument.length !== 2) throw templateError(wrong);
  return [argument[0] ?? null, argument[1] ?? null];
}

function member(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function resolveDynamic(source: string, scope: Scope): string {
  return source.replace(/\{\{resolve:([^:}]*):([^}]*)\}\}/g, (_, service: string, name: string) => {
    if (service !== 'ssm' || /:\d+$/.test(name)) throw unsupported(`the dynamic reference {{resolve:${service}:…}}`);
    return scope.ssm(name);
  });
}
