import type { Credentials } from '../credentials/source';
import { encodingsOf, isLongEnough } from '../secrets/encodings';
import { accessKeyAnchors, accessKeysIn, near } from '../secrets/find-keys';
import { joined } from '../secrets/legible';
import { needlesOf } from '../secrets/needles';

/** What was found: the credential in use; an id with a secret near it; an id alone; or what could not be looked into. */
export type Rule = 'credential-in-use' | 'aws-key-pair' | 'aws-access-key-id' | 'not-searched';

/** Looks for credentials in the pieces of a file. */
export interface Scanner {
  /** How many bytes two neighbouring pieces of a file must share, so that nothing is lost at the border. */
  readonly overlap: number;
  /** The rules that `bytes` break. */
  rulesIn(bytes: Buffer): Rule[];
  severityOf(rule: Rule): 'fail' | 'warn';
}

function keyRulesIn(bytes: Buffer): Rule[] {
  if (!accessKeyAnchors.some((anchor) => bytes.includes(anchor))) return []; // sooner than a pattern knows
  const rules = new Set(accessKeysIn(bytes.toString('latin1')).map(({ rule }) => rule));
  return rules.has('aws-key-pair') ? ['aws-key-pair'] : rules.has('aws-access-key-id') ? ['aws-access-key-id'] : [];
}

/** What of `credentials` is searched for: long enough not to hit ordinary text. */
function formsOf(...credentials: readonly (Credentials | null)[]): Uint8Array[] {
  const secrets = credentials.flatMap((one) => [one?.secretAccessKey, one?.sessionToken]).filter(isLongEnough);
  return secrets.flatMap(encodingsOf).map((form) => joined(Buffer.from(form)).bytes);
}

/** A search for the credentials in use, also where line breaks divide them. */
export interface InUse {
  /** Bytes of the longest form that is searched for; 0 where none is. */
  readonly longest: number;
  /** Where the first of them begins in `bytes`; `null` where none does. */
  firstIn(bytes: Buffer): number | null;
}

/** A search for `credentials` in every form of `encodingsOf`. A value that is too short, and a `null`, are passed over. */
export function searchForInUse(...credentials: readonly (Credentials | null)[]): InUse {
  const needles = needlesOf(formsOf(...credentials));
  return {
    longest: needles.longest,
    firstIn(bytes) {
      if (needles.longest === 0) return null;
      const text = joined(bytes);
      const [first] = needles.placesIn(text.bytes);
      return first === undefined ? null : text.from(first.start);
    },
  };
}

/**
 * A scanner for the credentials in use and for key pairs.
 *
 * @param credentials those in use; `null` to look for key pairs alone
 * @param keys long-term ones for which those were exchanged
 */
export function scannerFor(credentials: Credentials | null, keys: Credentials | null = null): Scanner {
  const inUse = searchForInUse(credentials, keys);
  return {
    // Twice: line breaks may divide it.
    overlap: Math.max(2 * inUse.longest, 2 * near + 64),
    rulesIn: (bytes) => [...(inUse.firstIn(bytes) === null ? [] : ['credential-in-use' as const]), ...keyRulesIn(bytes)],
    severityOf: (rule) => (rule === 'credential-in-use' || rule === 'aws-key-pair' ? 'fail' : 'warn'),
  };
}
