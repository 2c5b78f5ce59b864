import { AwsError } from './aws-error';
import type { Json, JsonObject } from './resource';
import type { LocalRequest, LocalResponse } from './service';

/** A request of the AWS JSON protocols: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export interface JsonCall {
  /** `GetParameter` of `X-Amz-Target: AmazonSSM.GetParameter`. */
  readonly action: string;
  readonly input: JsonObject;
}

/** @throws AwsError UnknownOperationException, SerializationException */
export function parseJsonCall(request: Pick<LocalRequest, 'headers' | 'body'>): JsonCall {
  const action = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
  if (action === '') throw new AwsError('UnknownOperationException', 'The header X-Amz-Target is missing.');
  return { action, input: parseObject(request.body) };
}

export function jsonAnswer(output: JsonObject, contentType = 'application/x-amz-json-1.1'): LocalResponse {
  return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output) };
}

/** @throws AwsError ValidationException where it is of another kind */
export function jsonText(input: JsonObject, name: string): string | null {
  const value = input[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new AwsError('SerializationException', `${name} must be a string`);
  return value;
}

/** @throws AwsError ValidationException where it is not given */
export function requiredJsonText(input: JsonObject, name: string): string {
  const value = jsonText(input, name);
  if (value === null) {
    const member = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
    throw new AwsError('ValidationException', `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  }
  return value;
}

export function jsonTexts(input: JsonObject, name: string): string[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw new AwsError('SerializationException', `${name} must be a list of strings`);
  return value;
}

export function jsonNumber(input: JsonObject, name: string): number | null {
  const value = input[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') throw new AwsError('SerializationException', `${name} must be a number`);
  return value;
}

function parseObject(body: Buffer): JsonObject {
  let value: Json;
  try {
    value = body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json);
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  return value;
}
