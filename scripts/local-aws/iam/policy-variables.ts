import { unsupported } from '../aws-error';
import type { RequestContext } from './request-context';
import { wildcardTokens, type WildcardToken } from './wildcards';

const variable = /\$\{([^}]*)\}/g;

/**
 * The pattern with its variables replaced; characters of their values are never wildcards.
 *
 * @param context null where `${…}` is only text
 * @returns null where a variable has no value: the pattern then matches nothing
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function patternTokens(pattern: string, context: RequestContext | null): WildcardToken[] | null {
  if (context === null || !pattern.includes('${')) return wildcardTokens(pattern);
  const tokens: WildcardToken[] = [];
  let end = 0;
  for (const match of pattern.matchAll(variable)) {
    const value = variableValue(match[1] ?? '', context);
    if (value === null) return null;
    tokens.push(...wildcardTokens(pattern.slice(end, match.index)), ...value.split(''));
    end = match.index + match[0].length;
  }
  return [...tokens, ...wildcardTokens(pattern.slice(end))];
}

/** As {@link patternTokens}, for what has no wildcards. */
export function replaceVariables(text: string, context: RequestContext | null): string | null {
  if (context === null || !text.includes('${')) return text;
  const values = [...text.matchAll(variable)].map(([, name = '']) => variableValue(name, context));
  return values.includes(null) ? null : text.replace(variable, () => values.shift() ?? '');
}

function variableValue(name: string, context: RequestContext): string | null {
  if (name === '*' || name === '?' || name === '$') return name;
  const [, key = name, fallback = null] = /^([^,]*?)\s*,\s*'(.*)'$/.exec(name) ?? [];
  const value = context.values(key.trim());
  if (value !== null && typeof value !== 'string') throw unsupported(`the multivalued key ${key} as a policy variable`);
  return value ?? fallback;
}
