import { isJsonObject } from '../../configuration/json-object';
import { AwsError } from '../aws-error';
import { objectsProperty, requiredText } from '../properties';
import type { Json, JsonObject } from '../resource';
import { malformed } from './malformed';
import type { PolicyDocument } from './policy-document';

/** A policy, which may be given as JSON text too. @throws AwsError ValidationError where it is not given, MalformedPolicyDocument */
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

/** `[{ PolicyName, PolicyDocument }]` of a role, by name. @throws AwsError as {@link documentProperty} */
export function policiesProperty(properties: JsonObject): Record<string, PolicyDocument> {
  return Object.fromEntries(objectsProperty(properties, 'Policies', 'Policy').map((policy) => [requiredText(policy, 'PolicyName'), documentProperty(policy, 'PolicyDocument')]));
}

function asDocument(value: Json): PolicyDocument {
  if (!isJsonObject(value)) throw malformed();
  return value;
}
