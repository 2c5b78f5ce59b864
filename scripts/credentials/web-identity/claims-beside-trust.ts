import type { TrustedClaims, TrustedValue } from '../../ci/trusted-claims';
import type { TokenClaims } from './token-claims';

/** A claim of the token, and what a role demands of it. */
export interface ComparedClaim {
  readonly name: string;
  /** `null` where the token has none. */
  readonly value: string | null;
  /** `null` where the role demands nothing of it. */
  readonly trusted: readonly TrustedValue[] | null;
  readonly differs: boolean;
}

const always = ['iss', 'aud', 'sub', 'ref', 'environment'];

/**
 * As StringLike compares: `*` for any text, `?` for any one character. Not by a regular expression, which takes forever
 * for a pattern of many `*`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function isLike(value: string, pattern: string): boolean {
  let [at, of, star, tried] = [0, 0, -1, 0];
  while (at < value.length) {
    if (pattern[of] === '*') [star, tried, of] = [of, at, of + 1];
    else if (pattern[of] === '?' || pattern[of] === value[at]) [at, of] = [at + 1, of + 1];
    else if (star === -1) return false;
    else [of, tried, at] = [star + 1, tried + 1, tried + 1];
  }
  return /^\**$/.test(pattern.slice(of));
}

function fits(value: string, { text, isPattern }: TrustedValue): boolean {
  return isPattern ? isLike(value, text) : value === text;
}

function valueOf(claims: TokenClaims, name: string): string | null {
  const value = name in claims ? claims[name as keyof TokenClaims] : null;
  return name === 'iss' ? value?.replace(/^https?:\/\//, '') ?? null : value;
}

/** Claim by claim, the token beside one role. */
export function compareClaims(claims: TokenClaims, trusted: TrustedClaims | null): ComparedClaim[] {
  const demanded = trusted === null ? [] : [...trusted.claims.keys()].filter((name) => name in claims);
  return [...new Set([...always, ...demanded])].map((name) => {
    const value = valueOf(claims, name);
    const values = trusted?.claims.get(name) ?? null;
    return { name, value, trusted: values, differs: values !== null && !values.some((one) => value !== null && fits(value, one)) };
  });
}

/** Of several roles the one that differs least: it is the one that was meant. `null` where there is none. */
export function nearestTrust(claims: TokenClaims, roles: readonly TrustedClaims[]): TrustedClaims | null {
  const differing = (role: TrustedClaims): number => compareClaims(claims, role).filter(({ differs }) => differs).length;
  return roles.toSorted((one, other) => differing(one) - differing(other))[0] ?? null;
}

/** The token's claims, one a line, that which differs marked and with what the role trusts below it. Each line begins with a space: none is broken. */
export function claimLines(compared: readonly ComparedClaim[]): string[] {
  const width = Math.max(...compared.map(({ name }) => name.length), 'trusted'.length);
  return compared.flatMap(({ name, value, trusted, differs }) => [
    `  ${differs ? '≠' : ' '} ${name.padEnd(width)}  ${value ?? 'none'}`,
    ...(differs && trusted !== null ? [`    ${'trusted'.padEnd(width)}  ${trusted.map(({ text }) => text).join(', or ')}`] : []),
  ]);
}
