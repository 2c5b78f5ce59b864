/** A CloudFormation template, as far as the plan reads it. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
export type Template = Readonly<Record<string, unknown>>;

/** @throws SyntaxError where `text` is not a JSON object: YAML, for one, which CDK does not deploy */
export function parseTemplate(text: string): Template {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('A template is a JSON object');
  return value as Template;
}
