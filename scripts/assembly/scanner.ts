import type { Credentials } from '../credentials/source';
import { encodingsOf, isLongEnough, joinLines } from '../secrets/encodings';
import { accessKeyIdPattern, documentationAccessKeyIds, secretAccessKeyPattern } from '../secrets/key-shapes';
import { joined } from '../secrets/legible';
import { needlesOf } from '../secrets/needles';
import { looksLikeSecretKey } from '../secrets/secret-shape';

/** What was found: the credential in use; an id with a secret near it; an id alone; or what could not be looked into. */
export type Rule = 'credential-in-use' | 'aws-key-pair' | 'aws-access-key-id' | 'not-searched';

export interface Scanner {
  /** How many bytes two neighbouring pieces of a file must share, so that nothing is lost at the border. */
  readonly overlap: number;
  /** The rules that `bytes` break. */
  rulesIn(bytes: Buffer): Rule[];
  severityOf(rule: Rule): 'fail' | 'warn';
}

/** How far apart, in characters, an id and its secret are looked for. */
const near = 512;

const everyKeyId = new RegExp(accessKeyIdPattern, 'g');
const everySecret = new RegExp(secretAccessKeyPattern, 'g');

function holdsSecret(text: string): boolean {
  return [...text.matchAll(everySecret)].some(([candidate]) => looksLikeSecretKey(candidate));
}

function keyRulesIn(bytes: Buffer): Rule[] {
  if (!bytes.includes('AKIA') && !bytes.includes('ASIA')) return []; // sooner than a pattern knows
  const text = bytes.toString('latin1');
  const ids = [...text.matchAll(everyKeyId)].filter(([id]) => !documentationAccessKeyIds.has(id) && !id.endsWith('EXAMPLE'));
  if (ids.length === 0) return [];
  const paired = ids.some(({ index, 0: id }) => holdsSecret(text.slice(Math.max(0, index - near), index + id.length + near)));
  return paired ? ['aws-key-pair'] : ['aws-access-key-id'];
}

/** What of `credentials` is searched for: long enough not to hit ordinary text. */
function formsOf(...credentials: readonly (Credentials | null)[]): string[] {
  const secrets = credentials.flatMap((one) => [one?.secretAccessKey, one?.sessionToken]).filter(isLongEnough);
  return secrets.flatMap(encodingsOf).map(joinLines);
}

/** A scanner for the credentials in use, also where lines are wrapped, and for key pairs. */
export function scannerFor(credentials: Credentials | null, keys: Credentials | null = null): Scanner {
  const inUse = needlesOf(formsOf(credentials, keys).map((form) => Buffer.from(form)));
  const holdsInUse = (bytes: Buffer): boolean => inUse.longest > 0 && inUse.placesIn(joined(bytes).bytes).length > 0;
  return {
    // Twice, for the line breaks of a wrapped one.
    overlap: Math.max(2 * inUse.longest, 2 * near + 64),
    rulesIn: (bytes) => [...(holdsInUse(bytes) ? ['credential-in-use' as const] : []), ...keyRulesIn(bytes)],
    severityOf: (rule) => (rule === 'credential-in-use' || rule === 'aws-key-pair' ? 'fail' : 'warn'),
  };
}
