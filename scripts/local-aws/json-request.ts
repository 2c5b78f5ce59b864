import { isJsonObject } from '../configuration/json-object';
import { AwsError, constraintBroken, unsupported } from './aws-error';
import type { JsonObject } from './resource';
import type { LocalRequest, LocalResponse } from './service';

/** A request of the AWS JSON protocol. */
export interface JsonRequest {
  /** `GetParameter` */
  readonly action: string;
  readonly input: JsonObject;
}

/**
 * What a request of the AWS JSON protocol asks for. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 *
 * @throws AwsError SerializationException
 */
export function readJsonRequest({ headers, body }: Pick<LocalRequest, 'headers' | 'body'>): JsonRequest {
  const action = headers['x-amz-target']?.split('.').at(-1) ?? '';
  let input: unknown;
  try {
    input = JSON.parse(body.length === 0 ? '{}' : body.toString());
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.');
  }
  if (!isJsonObject(input)) throw new AwsError('SerializationException', 'The request body is no JSON object.');
  return { action, input: input as JsonObject };
}

/** @throws AwsError UnsupportedOperation for a member that is not in `known`: nothing is dropped silently */
export function onlyMembers(what: string, input: JsonObject, known: readonly string[]): void {
  const other = Object.keys(input).find((name) => !known.includes(name) && input[name] !== null);
  if (other !== undefined) throw unsupported(`${other} of ${what}`);
}

/** A success of the AWS JSON protocol, version 1.1. */
export function jsonAnswer(output: object): LocalResponse {
  return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(output) };
}

/** @throws AwsError ValidationException */
export function requiredString(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', constraintBroken(name.charAt(0).toLowerCase() + name.slice(1), null, 'not be null'));
}

/** Null where it is not given, or is no text. */
export function optionalString(input: JsonObject, name: string): string | null {
  const value = input[name];
  return typeof value === 'string' ? value : null;
}
