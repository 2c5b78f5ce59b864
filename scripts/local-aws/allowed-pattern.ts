/**
 * Whether a text, all of it, fits the AllowedPattern of a parameter. AWS reads Java's regular expressions; JavaScript reads most of
 * them too, some only outside its Unicode mode: `[\w-.]`, `\_`.
 *
 * @returns null for what JavaScript does not read as a regular expression
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-regexes.html
 */
export function fitsPattern(pattern: string, text: string): boolean | null {
  const expression = expressionOf(pattern, 'u') ?? expressionOf(pattern, '');
  return expression?.test(text) ?? null;
}

function expressionOf(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, flags);
  } catch {
    return null;
  }
}
