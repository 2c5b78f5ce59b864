import { BlockList, isIP } from 'node:net';
import { unsupported } from '../aws-error';
import { malformed } from './malformed';
import { patternTokens, replaceVariables } from './policy-variables';
import type { RequestContext } from './request-context';
import { matchesTokens, type WildcardToken } from './wildcards';

type Test = (text: string) => boolean;

/** How a condition operator compares. */
export interface Operator {
  readonly negated: boolean;
  /** What a policy's values ask of a request's value, each without the negation. */
  patterns(values: readonly string[], context: RequestContext | null): Test[];
}

/**
 * Every operator but Null and BinaryEquals, by name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ...pair('StringEquals', 'StringNotEquals', text((value, given) => value === given)),
  ...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text((value, given) => value.toLowerCase() === given.toLowerCase())),
  ...pair('StringLike', 'StringNotLike', wildcards(matchesTokens)),
  ...pair('ArnEquals', 'ArnNotEquals', wildcards(matchesArn)),
  ...pair('ArnLike', 'ArnNotLike', wildcards(matchesArn)),
  ['Bool', { negated: false, patterns: plain((value, given) => value.toLowerCase() === given.toLowerCase()) }],
  ...pair('IpAddress', 'NotIpAddress', plain(inRange)),
  ...ordered('Numeric', numeric),
  ...ordered('Date', instant),
]);

function pair(name: string, notName: string, patterns: Operator['patterns']): [string, Operator][] {
  return [
    [name, { negated: false, patterns }],
    [notName, { negated: true, patterns }],
  ];
}

function ordered(kind: string, read: (text: string) => number): [string, Operator][] {
  const compared = (holds: (value: number, given: number) => boolean): Operator['patterns'] => plain((value, given) => holds(read(value), read(given)));
  return [
    ...pair(`${kind}Equals`, `${kind}NotEquals`, compared((value, given) => given === value)),
    [`${kind}LessThan`, { negated: false, patterns: compared((value, given) => given < value) }],
    [`${kind}LessThanEquals`, { negated: false, patterns: compared((value, given) => given <= value) }],
    [`${kind}GreaterThan`, { negated: false, patterns: compared((value, given) => given > value) }],
    [`${kind}GreaterThanEquals`, { negated: false, patterns: compared((value, given) => given >= value) }],
  ];
}

/** Operators in whose values nothing is replaced. */
function plain(matches: (value: string, given: string) => boolean): Operator['patterns'] {
  return (values) => values.map((value) => (given) => matches(value, given));
}

function text(matches: (value: string, given: string) => boolean): Operator['patterns'] {
  return (values, context) =>
    values.map((value) => {
      const replaced = replaceVariables(value, context);
      return (given) => replaced !== null && matches(replaced, given);
    });
}

function wildcards(matches: (tokens: readonly WildcardToken[], given: string) => boolean): Operator['patterns'] {
  return (values, context) =>
    values.map((value) => {
      const tokens = patternTokens(value, context);
      return (given) => tokens !== null && matches(tokens, given);
    });
}

/** Each of the six parts of an ARN for itself: a wildcard does not reach over a colon, but in the last. */
function matchesArn(tokens: readonly WildcardToken[], given: string): boolean {
  const patterns = split(tokens);
  const parts = split(given.split(''));
  return patterns.length === parts.length && patterns.every((pattern, index) => matchesTokens(pattern, (parts[index] ?? []).join('')));
}

function split<Token extends WildcardToken>(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function numeric(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw malformed(`The value ${text} is not a number.`);
  return number;
}

/** ISO 8601, or seconds since 1970. */
function instant(text: string): number {
  const time = /^\d+(\.\d+)?$/.test(text) && text.length !== 4 ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) throw malformed(`The value ${text} is not a date.`);
  return time;
}

function inRange(range: string, given: string): boolean {
  const [address = '', prefix] = range.split('/');
  const [family, bits] = isIP(address) === 6 ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
  const length = prefix === undefined ? bits : Number(prefix);
  const isRange = isIP(address) !== 0 && prefix !== '' && Number.isInteger(length) && length >= 0 && length <= bits;
  if (!isRange || isIP(given) === 0) throw unsupported(`the address ${isRange ? given : range} in a condition`);
  const list = new BlockList();
  list.addSubnet(address, length, family);
  return list.check(given, isIP(given) === 6 ? 'ipv6' : 'ipv4');
}
