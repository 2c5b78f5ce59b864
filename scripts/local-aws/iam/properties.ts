import { AwsError } from '../aws-error';
import type { Json, JsonObject } from '../resource';
import { malformed } from './malformed';
import type { PolicyDocument } from './policy-document';

/** Readers of the properties of IAM's resource types. Each throws AwsError ValidationError for another kind of value. */
export function textProperty(properties: JsonObject, name: string): string | null {
  const value = properties[name];
  if (value === undefined) return null;
  if (typeof value === 'object') throw wrongType(name, 'String');
  return String(value);
}

export function requiredText(properties: JsonObject, name: string): string {
  const value = textProperty(properties, name);
  if (value === null) throw new AwsError('ValidationError', `Property ${name} cannot be empty.`);
  return value;
}

export function textsProperty(properties: JsonObject, name: string): string[] {
  const value = properties[name] ?? [];
  if (!Array.isArray(value)) throw wrongType(name, 'List<String>');
  return value.map((each) => {
    if (typeof each !== 'string') throw wrongType(name, 'List<String>');
    return each;
  });
}

/** A policy may be given as JSON text too. */
export function documentProperty(properties: JsonObject, name: string): PolicyDocument {
  const value = properties[name];
  if (value === undefined) throw new AwsError('ValidationError', `Property ${name} cannot be empty.`);
  return typeof value === 'string' ? parseDocument(value) : asDocument(value);
}

/** @throws AwsError MalformedPolicyDocument */
export function parseDocument(text: string): PolicyDocument {
  try {
    return asDocument(JSON.parse(text) as Json);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

export function tagsProperty(properties: JsonObject): Record<string, string> {
  const tags = properties['Tags'] ?? [];
  if (!Array.isArray(tags)) throw wrongType('Tags', 'List<Tag>');
  return Object.fromEntries(
    tags.map((tag) => {
      if (typeof tag !== 'object' || tag === null || Array.isArray(tag)) throw wrongType('Tags', 'List<Tag>');
      return [requiredText(tag, 'Key'), textProperty(tag, 'Value') ?? ''];
    }),
  );
}

/** `[{ PolicyName, PolicyDocument }]` of a role, by name. */
export function policiesProperty(properties: JsonObject): Record<string, PolicyDocument> {
  const policies = properties['Policies'] ?? [];
  if (!Array.isArray(policies)) throw wrongType('Policies', 'List<Policy>');
  return Object.fromEntries(
    policies.map((policy) => {
      if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) throw wrongType('Policies', 'List<Policy>');
      return [requiredText(policy, 'PolicyName'), documentProperty(policy, 'PolicyDocument')];
    }),
  );
}

function asDocument(value: Json): PolicyDocument {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value;
}

function wrongType(name: string, type: string): AwsError {
  return new AwsError('ValidationError', `Value of property ${name} must be of type ${type}`);
}
