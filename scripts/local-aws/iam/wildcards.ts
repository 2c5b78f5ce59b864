/**
 * Whether `text` matches `pattern`, in which `*` is any number of characters and `?` is one.
 * Takes at most the product of both lengths, whatever the pattern.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  return matchesTokens(wildcardTokens(pattern), text);
}

/** One character, or one of the two wildcards. */
export type WildcardToken = string | typeof anyText | typeof anyCharacter;

const anyText = Symbol('*');
const anyCharacter = Symbol('?');

/** A pattern in which every `*` and `?` is a wildcard. */
export function wildcardTokens(pattern: string): WildcardToken[] {
  return pattern.split('').map((character) => (character === '*' ? anyText : character === '?' ? anyCharacter : character));
}

/** As {@link matchesWildcards}, where some characters of the pattern may be a literal `*` or `?`. */
export function matchesTokens(tokens: readonly WildcardToken[], text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const token = tokens[next];
    if (token === anyText) {
      star = next;
      starAt = at;
      next += 1;
    } else if (token === anyCharacter || token === text[at]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      // The last star takes one character more, and the rest is tried again.
      starAt += 1;
      at = starAt;
      next = star + 1;
    } else {
      return false;
    }
  }
  return tokens.slice(next).every((token) => token === anyText);
}
