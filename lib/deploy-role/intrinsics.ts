type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an intrinsic function says as text, `null` where `value` is none of those that text can stand for. */
function textOf(value: Json, attributes: ReadonlyMap<string, string>): string | null {
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': template } = value;
  if (Object.keys(value).length !== 1) return null;
  if (typeof ref === 'string') return attributes.get(ref) ?? `\${${ref}}`;
  if (Array.isArray(attribute)) return attributes.get(String(attribute[0])) ?? `\${${attribute.join('.')}}`;
  if (typeof template === 'string') return template;
  if (!Array.isArray(join) || !Array.isArray(join[1])) return null;
  return join[1].map((part: unknown) => withText(part, attributes)).join(String(join[0]));
}

/**
 * `value` with its intrinsic functions as text: `${AWS::Partition}`.
 *
 * @param attributes what a reference to a resource, or to an attribute of it, stands for, by logical id
 */
export function withText(value: unknown, attributes: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withText(one, attributes));
  if (!isObject(value)) return value;
  return textOf(value, attributes) ?? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withText(below, attributes)]));
}
