import type { Credentials } from '../credentials/source';
import { encodingsOf, shortestSecret } from '../secrets/encodings';
import { accessKeyIdPattern, documentationAccessKeyIds, secretAccessKeyPattern } from '../secrets/key-shapes';
import { looksLikeSecretKey } from '../secrets/secret-shape';

/** What was found: the credential in use; an id with a secret near it; an id alone; or what could not be looked into. */
export type Rule = 'credential-in-use' | 'aws-key-pair' | 'aws-access-key-id' | 'not-searched';

export interface Scanner {
  /** How many characters two neighbouring pieces of a file must share, so that nothing is lost at the border. */
  readonly overlap: number;
  /** The rules that `text`, bytes as latin1, breaks. */
  rulesIn(text: string): Rule[];
  severityOf(rule: Rule): 'fail' | 'warn';
}

/** How far apart, in characters, an id and its secret are looked for. */
const near = 512;

const everyKeyId = new RegExp(accessKeyIdPattern, 'g');
const everySecret = new RegExp(secretAccessKeyPattern, 'g');

function holdsSecret(text: string): boolean {
  return [...text.matchAll(everySecret)].some(([candidate]) => looksLikeSecretKey(candidate));
}

function keyRulesIn(text: string): Rule[] {
  const ids = [...text.matchAll(everyKeyId)].filter(([id]) => !documentationAccessKeyIds.has(id) && !id.endsWith('EXAMPLE'));
  if (ids.length === 0) return [];
  const paired = ids.some(({ index, 0: id }) => holdsSecret(text.slice(Math.max(0, index - near), index + id.length + near)));
  return paired ? ['aws-key-pair'] : ['aws-access-key-id'];
}

/** What of `credentials` is searched for: long enough not to hit ordinary text. */
function formsOf(credentials: Credentials | null): string[] {
  const secrets = [credentials?.secretAccessKey, credentials?.sessionToken].filter((secret) => secret !== undefined && secret.length >= shortestSecret);
  return secrets.flatMap((secret) => encodingsOf(secret ?? ''));
}

/** A scanner for the credentials in use, and for key pairs. */
export function scannerFor(credentials: Credentials | null): Scanner {
  const forms = formsOf(credentials);
  const escaped = forms.map((form) => Buffer.from(form).toString('latin1').replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const inUse = escaped.length === 0 ? null : new RegExp(escaped.join('|'));
  const longest = Math.max(0, ...forms.map((form) => Buffer.byteLength(form)));
  return {
    overlap: Math.max(longest, 2 * near + 64),
    rulesIn: (text) => [...(inUse?.test(text) === true ? ['credential-in-use' as const] : []), ...keyRulesIn(text)],
    severityOf: (rule) => (rule === 'credential-in-use' || rule === 'aws-key-pair' ? 'fail' : 'warn'),
  };
}
