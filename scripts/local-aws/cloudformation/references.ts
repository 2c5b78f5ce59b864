import type { Json } from '../resource';
import { type Template } from './template';
import { formatError, templateError } from './template-error';

/** `Ref X` has no attribute; `Fn::GetAtt [X, Arn]` and `${X.Arn}` have one. */
export interface Reference {
  readonly target: string;
  readonly attribute: string | null;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
export const pseudoParameters = new Set(['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map((name) => `AWS::${name}`));

/**
 * Every reference in a value.
 *
 * @param holds tells which branch of a `Fn::If` counts; without it both do
 */
export function references(value: Json, holds: ((condition: string) => boolean) | null = null): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((entry) => references(entry, holds));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Ref' && typeof argument === 'string') return [{ target: argument, attribute: null }];
    if (name === 'Fn::GetAtt') return [getAttReference(argument)];
    if (name === 'Fn::Sub') return subReferences(argument, holds);
    return references(name === 'Fn::If' ? branches(argument, holds) : argument, holds);
  });
}

/** @throws AwsError ValidationError */
export function getAttReference(argument: Json): Reference {
  const [target, ...rest] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument : [];
  if (typeof target !== 'string' || rest.length === 0 || !rest.every((part) => typeof part === 'string')) {
    throw templateError('every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute');
  }
  return { target, attribute: rest.join('.') };
}

/** `${X}`, `${X.Arn}`, and `${!Literal}`, which is no reference. */
export const placeholder = /\$\{([^}]*)\}/g;

/** @param name without `${` and `}`, and not a literal's */
export function placeholderReference(name: string): Reference {
  const dot = name.indexOf('.');
  return dot < 0 ? { target: name, attribute: null } : { target: name.slice(0, dot), attribute: name.slice(dot + 1) };
}

function subReferences(argument: Json, holds: ((condition: string) => boolean) | null): readonly Reference[] {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return [];
  const own = new Set(Object.keys(variables ?? {}));
  const names = [...text.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !name.startsWith('!') && !own.has(name));
  return [...names.map((name) => placeholderReference(name.trim())), ...references(variables ?? {}, holds)];
}

/** What a value gives to `Fn::ImportValue`, in each branch of a `Fn::If` that counts, as in `references`. */
export function importArguments(value: Json, holds: ((condition: string) => boolean) | null = null): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap((entry) => importArguments(entry, holds));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    if (name === 'Fn::ImportValue') return [argument];
    return importArguments(name === 'Fn::If' ? branches(argument, holds) : argument, holds);
  });
}

/** The branch of a `Fn::If` that counts, or both. */
function branches(argument: Json, holds: ((condition: string) => boolean) | null): Json {
  if (holds === null || !Array.isArray(argument) || typeof argument[0] !== 'string') return argument;
  return argument[holds(argument[0]) ? 1 : 2] ?? null;
}

/** @throws AwsError ValidationError for a name that the template does not have */
export function verifyReferences(template: Template): void {
  const known = (name: string) => name in template.resources || name in template.parameters || pseudoParameters.has(name);
  const unconditional = references(template.conditions).map(({ target }) => target).filter((name) => !(name in template.parameters) && !pseudoParameters.has(name));
  if (unconditional.length > 0) throw formatError(`Unresolved dependencies [${[...new Set(unconditional)].join(', ')}]. Cannot reference resources in the Conditions block of the template`);
  for (const resource of Object.values(template.resources)) {
    verifyBlock('Resources', [...references(resource.properties), ...resource.dependsOn.map((target) => ({ target, attribute: null }))], known, template);
  }
  for (const output of Object.values(template.outputs)) verifyBlock('Outputs', references([output.value, output.exportName]), known, template);
  for (const [block, members] of [['Resources', template.resources], ['Outputs', template.outputs]] as const) {
    const missing = Object.values(members).map(({ condition }) => condition).find((name) => name !== null && !(name in template.conditions));
    if (missing) throw formatError(`Unresolved condition dependency ${missing} in the ${block} block of the template`);
  }
  verifyImportArguments(template);
}

/** Which export it is must be known before there is any resource. */
function verifyImportArguments(template: Template): void {
  const places: Json[] = [...Object.values(template.resources).map(({ properties }) => properties), ...Object.values(template.outputs).map(({ value }) => value)];
  const early = (argument: Json) => references(argument).every(({ target }) => !(target in template.resources)) && !/"Fn::(ImportValue|GetAZs)":/.test(JSON.stringify(argument));
  if (importArguments(places).every(early)) return;
  throw templateError('the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs');
}

function verifyBlock(block: string, found: readonly Reference[], known: (name: string) => boolean, template: Template): void {
  const undefinedAttribute = found.find(({ target, attribute }) => attribute !== null && !(target in template.resources));
  if (undefinedAttribute) throw templateError(`instance of Fn::GetAtt references undefined resource ${undefinedAttribute.target}`);
  const missing = [...new Set(found.map(({ target }) => target).filter((target) => !known(target)))];
  if (missing.length > 0) throw formatError(`Unresolved resource dependencies [${missing.join(', ')}] in the ${block} block of the template`);
}
