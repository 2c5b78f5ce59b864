import { isJsonObject } from '../../configuration/json-object';
import { AwsError } from '../aws-error';
import type { Json } from '../resource';
import { resolve, unknownFunction } from './intrinsics';
import { scalarText } from './scalar';
import { knownAfterApply, noValue, type Scope } from './scope';
import { type Template } from './template';
import { formatError, templateError } from './template-error';

/** Evaluates the template's conditions when they are asked for, each once. */
export function conditionEvaluator(template: Template): (name: string, scope: Scope) => boolean {
  const known = new Map<string, boolean | 'running'>();
  return (name, scope) => {
    const value = known.get(name);
    if (value === 'running') throw formatError(`Circular dependencies for condition ${name}`);
    if (value !== undefined) return value;
    const definition = template.conditions[name];
    if (definition === undefined) throw formatError(`Unresolved condition dependency ${name} in the Resources block of the template`);
    known.set(name, 'running');
    const result = holds(definition, scope);
    known.set(name, result);
    return result;
  };
}

/**
 * Checks the template's rules against its parameters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 * @throws AwsError ValidationError with the description of the assertion that does not hold
 */
export function verifyRules(template: Template, scope: Scope): void {
  for (const [name, rule] of Object.entries(template.rules)) {
    if (rule['RuleCondition'] !== undefined && !holds(rule['RuleCondition'], scope)) continue;
    const assertions = Array.isArray(rule['Assertions']) ? rule['Assertions'] : [];
    for (const assertion of assertions) {
      if (!isJsonObject(assertion)) throw formatError(`Rule ${name} is malformed`);
      if (holds(assertion['Assert'] ?? null, scope)) continue;
      const description = assertion['AssertDescription'];
      throw typeof description === 'string' ? new AwsError('ValidationError', description) : templateError(`rule ${name} is not satisfied`);
    }
  }
}

/** A condition function, or the name of a condition. */
function holds(value: Json, scope: Scope): boolean {
  if (isJsonObject(value)) {
    const [name = '', ...others] = Object.keys(value);
    const argument = value[name] ?? null;
    if (name === 'Condition' && others.length === 0) return scope.condition(scalarText(argument) ?? '');
    const run = logic[name];
    if (run === undefined || others.length > 0) throw unknownFunction(name);
    return run(argument, scope);
  }
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw templateError('every condition must be a condition function or the name of a condition');
}

const logic: Readonly<Record<string, (argument: Json, scope: Scope) => boolean>> = {
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument, 'Fn::Equals', 2, 2);
    return comparable(left ?? null, scope) === comparable(right ?? null, scope);
  },
  'Fn::Not': (argument, scope) => !holds(list(argument, 'Fn::Not', 1, 1)[0] ?? null, scope),
  'Fn::And': (argument, scope) => list(argument, 'Fn::And', 2, 10).every((entry) => holds(entry, scope)),
  'Fn::Or': (argument, scope) => list(argument, 'Fn::Or', 2, 10).some((entry) => holds(entry, scope)),
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = list(argument, 'Fn::If', 3, 3);
    return holds((scope.condition(scalarText(condition) ?? '') ? yes : no) ?? null, scope);
  },
  'Fn::Contains': (argument, scope) => {
    const [entries, value] = list(argument, 'Fn::Contains', 2, 2);
    return texts(entries ?? null, scope).includes(comparable(value ?? null, scope));
  },
  'Fn::EachMemberEquals': (argument, scope) => {
    const [entries, value] = list(argument, 'Fn::EachMemberEquals', 2, 2);
    return texts(entries ?? null, scope).every((entry) => entry === comparable(value ?? null, scope));
  },
  'Fn::EachMemberIn': (argument, scope) => {
    const [entries, allowed] = list(argument, 'Fn::EachMemberIn', 2, 2);
    const all = texts(allowed ?? null, scope);
    return texts(entries ?? null, scope).every((entry) => all.includes(entry));
  },
};

function list(argument: Json, name: string, least: number, most: number): readonly Json[] {
  if (!Array.isArray(argument) || argument.length < least || argument.length > most) {
    throw templateError(`every ${name} object requires a list of ${least === most ? least : `${least} to ${most}`} parameters.`);
  }
  return argument;
}

function texts(value: Json, scope: Scope): readonly string[] {
  const resolved = resolve(value, scope);
  if (!Array.isArray(resolved)) throw templateError('a list of strings is required');
  return resolved.map((entry) => scalarText(entry) ?? JSON.stringify(entry));
}

/** CloudFormation compares texts: `true` is "true" and 1 is "1". */
function comparable(value: Json, scope: Scope): string {
  const resolved = resolve(value, scope);
  if (resolved === noValue || resolved === knownAfterApply) throw templateError('a condition can use only parameters, mappings and other conditions');
  return scalarText(resolved) ?? JSON.stringify(resolved);
}
