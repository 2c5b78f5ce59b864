import { isJsonObject } from '../../configuration/json-object';
import { AwsError, unsupported } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import { scalarText } from './scalar';
import { formatError } from './template-error';
import { refuseNull } from './template-nulls';
import { parseTemplateText } from './template-text';

/** What becomes of a resource that its stack has no more. */
export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

/** A resource as it is written: its functions are not run, its condition is not judged. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
  readonly condition: string | null;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
  readonly metadata: Json;
}

/** An output as it is written. */
export interface TemplateOutput {
  readonly value: Json;
  readonly description: string | null;
  readonly exportName: Json;
  readonly condition: string | null;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export interface Template {
  /** AWSTemplateFormatVersion. */
  readonly version: string | null;
  readonly description: string | null;
  readonly metadata: Json;
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly mappings: JsonObject;
  readonly conditions: JsonObject;
  readonly rules: Readonly<Record<string, JsonObject>>;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, TemplateOutput>>;
}

const sections = new Set(['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs']);
const resourceAttributes = new Set(['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata']);

/** Of the last templates. The bootstrap template's YAML takes 30 ms and more, and each description of its stack needs it. */
const parsed = new Map<string, Template>();
const keptTemplates = 8;

/** Of one template: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;

/** @throws AwsError ValidationError, or UnsupportedOperation for what CloudFormation has and we have not */
export function parseTemplate(text: string): Template {
  const template = parsed.get(text) ?? readTemplate(text);
  parsed.delete(text);
  parsed.set(text, template);
  for (const oldest of [...parsed.keys()].slice(0, -keptTemplates)) parsed.delete(oldest);
  return template;
}

function readTemplate(text: string): Template {
  const body = parseTemplateText(text);
  if ('Transform' in body || 'Hooks' in body) throw unsupported('macros, transforms and hooks in a template');
  const strange = Object.keys(body).filter((name) => !sections.has(name));
  if (strange.length > 0) throw new AwsError('ValidationError', `Invalid template property or properties [${strange.join(', ')}]`);
  refuseNull(body);
  const resources = objects(body, 'Resources');
  const count = Object.keys(resources).length;
  if (count === 0) throw formatError('At least one Resources member must be defined.');
  if (count > mostResources) throw formatError(`Number of resources, ${count}, is greater than maximum allowed, ${mostResources}`);
  return {
    version: scalarText(body['AWSTemplateFormatVersion']),
    description: typeof body['Description'] === 'string' ? body['Description'] : null,
    metadata: body['Metadata'] ?? null,
    parameters: objects(body, 'Parameters'),
    mappings: mapValues(objects(body, 'Mappings'), mapping),
    conditions: objects(body, 'Conditions'),
    rules: objects(body, 'Rules'),
    resources: mapValues(resources, parseResource),
    outputs: mapValues(objects(body, 'Outputs'), parseOutput),
  };
}

function parseResource(id: string, resource: JsonObject): TemplateResource {
  if (!/^[A-Za-z0-9]+$/.test(id)) throw formatError(`Resource name ${id} is non alphanumeric.`);
  const type = resource['Type'];
  if (typeof type !== 'string') throw formatError(`[/Resources/${id}] Every Resources object must contain a Type member.`);
  const strange = Object.keys(resource).filter((name) => !resourceAttributes.has(name));
  if (strange.includes('CreationPolicy') || strange.includes('UpdatePolicy')) throw unsupported(`${strange.join(' and ')} (resource ${id})`);
  if (strange.length > 0) throw new AwsError('ValidationError', `Invalid template resource property '${strange[0]}'`);
  const dependsOn = resource['DependsOn'] ?? [];
  return {
    type,
    properties: object(resource['Properties'] ?? {}, `[/Resources/${id}] Every Properties member must be an object.`),
    dependsOn: (Array.isArray(dependsOn) ? dependsOn : [dependsOn]).map((id) => scalarText(id) ?? ''),
    condition: typeof resource['Condition'] === 'string' ? resource['Condition'] : null,
    deletionPolicy: policy(id, 'DeletionPolicy', resource['DeletionPolicy']),
    updateReplacePolicy: policy(id, 'UpdateReplacePolicy', resource['UpdateReplacePolicy']),
    metadata: resource['Metadata'] ?? null,
  };
}

/** Two levels of names, then texts or lists of them. */
function mapping(_: string, members: JsonObject): JsonObject {
  for (const [key, values] of Object.entries(members)) {
    const wrong = Object.values(object(values, `Every Mappings member ${key} must be a map`)).some((value) => typeof value === 'object' && !Array.isArray(value));
    if (wrong) throw formatError('Every Mappings attribute must be a String or a List.');
  }
  return members;
}

function parseOutput(id: string, output: JsonObject): TemplateOutput {
  const value = output['Value'];
  if (value === undefined) throw formatError('Every Outputs member must contain a Value object');
  if (Array.isArray(value)) throw formatError('The Value field of every Outputs member must evaluate to a String and not a List.');
  if (typeof value === 'object' && !Object.keys(value ?? {}).some((name) => name === 'Ref' || name.startsWith('Fn::'))) {
    throw formatError('The Value field of every Outputs member must evaluate to a String and not a Map.');
  }
  const exported = output['Export'];
  return {
    value,
    description: typeof output['Description'] === 'string' ? output['Description'] : null,
    exportName: exported === undefined ? null : exportName(id, exported),
    condition: typeof output['Condition'] === 'string' ? output['Condition'] : null,
  };
}

function exportName(id: string, exported: Json): Json {
  const malformed = `Output ${id} is malformed. The Name field of every Export member must be specified and consist only of alphanumeric characters, colons, or hyphens.`;
  const name = object(exported, malformed)['Name'] ?? '';
  if (typeof name === 'string' && !/^[A-Za-z0-9:-]+$/.test(name)) throw formatError(malformed);
  return name;
}

function policy(id: string, name: string, value: Json | undefined): DeletionPolicy {
  if (value === undefined) return 'Delete';
  if (value === 'Snapshot') throw unsupported(`the ${name} Snapshot (resource ${id})`);
  if (value === 'Delete' || value === 'Retain' || (value === 'RetainExceptOnCreate' && name === 'DeletionPolicy')) return value;
  throw formatError(`Unrecognized ${name} ${JSON.stringify(value)} for resource ${id}`);
}

function objects(body: JsonObject, section: string): Record<string, JsonObject> {
  const members = object(body[section] ?? {}, `[/${section}] must be an object`);
  // What is looked up by its name would be found though nobody wrote it.
  const inherited = Object.keys(members).find((name) => name in Object.prototype);
  if (inherited !== undefined) throw unsupported(`the name ${inherited} in the ${section} of a template`);
  return mapValues(members, (_, member) => object(member, `Any ${section} member must be an object.`));
}

function object(value: Json, otherwise: string): JsonObject {
  if (!isJsonObject(value)) throw formatError(otherwise);
  return value;
}

function mapValues<From, To>(members: Readonly<Record<string, From>>, change: (id: string, member: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(members).map(([id, member]) => [id, change(id, member)]));
}
