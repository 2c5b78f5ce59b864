import { isJsonObject, type JsonObject } from '../configuration/json-object';

/** A CloudFormation template, as far as the plan reads it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export type Template = JsonObject;

/** @throws SyntaxError where `text` is not a JSON object: YAML, for one, which CDK does not deploy */
export function parseTemplate(text: string): Template {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw new SyntaxError('A template is a JSON object');
  return value;
}
