import { entropy } from './entropy';
import { isExample, isExampleKeyId } from './example-keys';
import { accessKeyIdPattern, secretAccessKeyPattern } from './key-shapes';
import { looksLikeSecretKey, sessionTokenStart } from './secret-shape';

/** The kinds of credentials that are searched for by their shapes. */
export type KeyRule = 'aws-key-pair' | 'aws-access-key-id' | 'aws-session-token' | 'bedrock-api-key' | 'bedrock-short-term-key';

/** A credential that was found. */
export interface FoundKey {
  readonly rule: KeyRule;
  /** Where it begins, in bytes. */
  readonly index: number;
  /** The credential itself: to tell it from others, and never to be shown. */
  readonly value: string;
}

interface Row {
  /**
   * Texts of which each credential of the kind has one. To look for them first is faster than the pattern; and Buffer looks
   * for six bytes or fewer by the first of them alone, five times as fast where that is rare.
   */
  readonly anchors: readonly string[];
  /** @param text bytes as latin1 */
  readonly find: (text: string) => FoundKey[];
}

/** How far apart, in characters, an id and its secret are looked for. */
export const near = 512;

/** Below this many bits a character, a hundred characters of base64 were made up, for a test, and not drawn at random. */
const leastEntropy = 4.2;

/** Real ones have three hundred characters and more. */
const sessionToken = new RegExp(`${sessionTokenStart.source}[A-Za-z0-9/+=]{40,}`);

const everyKeyId = new RegExp(accessKeyIdPattern, 'g');
const everySecret = new RegExp(secretAccessKeyPattern, 'g');

/** Ids of today are base32; older ones, whose fifth character is I or J, have all digits. */
function isKeyId(id: string): boolean {
  return (/^[A-Z2-7]+$/.test(id) || 'IJ'.includes(id.charAt(4))) && !isExampleKeyId(id);
}

/** As JSON that escapes slashes, and a URL, write what stands in a secret besides letters and digits. */
function unescaped(text: string): string {
  return text.replaceAll(/\\\/|%2f/gi, '/').replaceAll(/%2b/gi, '+');
}

function secretNear(text: string, index: number, id: string): string | null {
  const around = unescaped(text.slice(Math.max(0, index - near), index + id.length + near));
  return [...around.matchAll(everySecret)].map(([candidate]) => candidate).find((candidate) => looksLikeSecretKey(candidate) && !isExample(candidate)) ?? null;
}

/** Access keys: each id once, with its secret where one stands near any place of it. */
export function accessKeysIn(text: string): FoundKey[] {
  const found = new Map<string, FoundKey>();
  for (const { 0: id, index } of text.matchAll(everyKeyId)) {
    if (found.get(id)?.rule === 'aws-key-pair' || !isKeyId(id)) continue;
    const secret = secretNear(text, index, id);
    if (secret !== null) found.set(id, { rule: 'aws-key-pair', index, value: `${id}\n${secret}` });
    else if (!found.has(id)) found.set(id, { rule: 'aws-access-key-id', index, value: id });
  }
  return [...found.values()];
}

/** What `pattern` matches, unless it is an example or made by hand. */
function matches(rule: KeyRule, pattern: RegExp): Row['find'] {
  const every = new RegExp(pattern, 'g');
  return (text) => [...text.matchAll(every)].flatMap(({ 0: value, index }) => (isExample(value) || entropy(value) < leastEntropy ? [] : [{ rule, index, value }]));
}

/** What every access key id begins with. */
export const accessKeyAnchors = ['AKIA', 'ASIA'] as const;

/** Each kind of credential that is searched for. */
const table: readonly Row[] = [
  { anchors: accessKeyAnchors, find: accessKeysIn },
  { anchors: ['IQoJb3', 'ZXIvYX', 'DYXdz'], find: matches('aws-session-token', sessionToken) },
  // Base64 of the key's name and its secret. https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
  { anchors: ['ABSK'], find: matches('bedrock-api-key', /(?<![A-Za-z0-9/+])ABSK[A-Za-z0-9/+]{109,269}={0,2}(?![A-Za-z0-9/+=])/) },
  // Base64 of a presigned URL of bedrock.amazonaws.com.
  { anchors: ['k-api-'], find: matches('bedrock-short-term-key', /(?<![\w-])bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9/+=]{100,}/) },
];

/** The credentials of AWS in `bytes`, by their shapes. */
export function findKeys(bytes: Buffer): FoundKey[] {
  const rows = table.filter(({ anchors }) => anchors.some((anchor) => bytes.includes(anchor)));
  if (rows.length === 0) return [];
  const text = bytes.toString('latin1');
  return rows.flatMap(({ find }) => find(text));
}
