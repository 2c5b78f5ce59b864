import { regionPattern } from '../credentials/regions';
import { accessKeyIdPattern, secretAccessKeyPattern } from '../secrets/key-shapes';

/** What people hold in their clipboard, understood. */
export interface Pasted {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly expiration?: Date;
}

type Texts = Partial<Record<keyof Pasted, string>>;

/** Names without `aws`, case, spaces, `_` and `-`: `AWS_ACCESS_KEY_ID`, `AccessKeyId` and `Access key ID` are one. */
const names: ReadonlyMap<string, keyof Pasted> = new Map([
  ['accesskeyid', 'accessKeyId'],
  ['secretaccesskey', 'secretAccessKey'],
  ['secretkey', 'secretAccessKey'],
  ['sessiontoken', 'sessionToken'],
  ['securitytoken', 'sessionToken'],
  ['token', 'sessionToken'],
  ['region', 'region'],
  ['defaultregion', 'region'],
  ['expiration', 'expiration'],
  ['credentialexpiration', 'expiration'],
]);

function fieldOf(name: string): keyof Pasted | undefined {
  return names.get(name.toLowerCase().replaceAll(/[\s_-]/g, '').replace(/^aws/, ''));
}

/** One value, without the quotation marks, commas and semicolons around it. */
export function bareValue(text: string): string {
  const trimmed = text.replace(/^\uFEFF/, '').trim().replace(/[;,]+$/, '').trim();
  return /^(["'`])(.*)\1$/s.exec(trimmed)?.[2]?.trim() ?? /^[“‘](.*)[”’]$/s.exec(trimmed)?.[1]?.trim() ?? trimmed;
}

/** Whether `text` as a whole has the shape of an access key id. */
export function isAccessKeyIdShaped(text: string): boolean {
  return accessKeyIdPattern.exec(text)?.[0] === text;
}

/** Whether `text` as a whole has the shape of a secret access key. */
export function isSecretShaped(text: string): boolean {
  return secretAccessKeyPattern.exec(text)?.[0] === text;
}

/** JSON of `aws sts …`, `aws iam create-access-key`, `aws sso get-role-credentials`, `aws configure export-credentials`. */
function fromJson(text: string): Texts | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const objects = [parsed, ...Object.values(parsed).filter((value): value is object => typeof value === 'object' && value !== null)];
  const found: Texts = {};
  for (const [name, value] of objects.flatMap((object) => Object.entries(object))) {
    const field = fieldOf(name);
    if (field !== undefined && value !== '' && (typeof value === 'string' || typeof value === 'number')) found[field] ??= String(value);
  }
  return found;
}

/** The console's CSV: a line of names, and a line of values. */
function fromCsv(text: string): Texts | null {
  const [header = '', row = ''] = text.split('\n').filter((line) => line.trim() !== '');
  const fields = header.split(/[,;\t]/).map((cell) => fieldOf(bareValue(cell)));
  if (fields.filter((field) => field !== undefined).length < 2) return null;
  const cells = row.split(/[,;\t]/).map(bareValue);
  const found: Texts = {};
  for (const [index, field] of fields.entries()) {
    if (field !== undefined && cells[index]) found[field] = cells[index];
  }
  return found;
}

const name = String.raw`(?:aws[_ ]?)?(?:access[_ ]?key[_ ]?id|secret[_ ]?(?:access[_ ]?)?key|(?:session|security)[_ ]?token|(?:default[_ ]?)?region|(?:credential[_ ]?)?expiration)`;
const value = String.raw`"([^"\n]*)"|'([^'\n]*)'|\u201c([^\u201d\n]*)\u201d|([^\s"';,]+)`;
/** `NAME=value`, `NAME: value`, and `set -gx NAME value`, `setx NAME value`. */
const assignment = new RegExp(String.raw`(?<![\w-])(?:(?<=\bsetx? (?:-\w+ )?)(${name})[ \t]+|(${name})["']?[ \t]*[=:][ \t]*)(?:${value})`, 'gi');

/** Lines of `export`, `set`, `$Env:`, `.env`, of a profile, or cut out of JSON. */
function fromAssignments(text: string): Texts | null {
  const found: Texts = {};
  for (const [, spaced, equal, ...values] of text.matchAll(assignment)) {
    const field = fieldOf(spaced ?? equal ?? '');
    const said = bareValue(values.find((one) => one !== undefined) ?? '');
    if (field !== undefined && said !== '' && !/^(?:\.\.\.|…)$/.test(said)) found[field] = said;
  }
  return Object.keys(found).length === 0 ? null : found;
}

/** Values alone: by their shape, or where they have none and stand in lines, by their order. */
function fromValues(text: string): Texts | null {
  const words = text.split(/[\s,;]+/).map(bareValue).filter((word) => word !== '');
  const id = words.find(isAccessKeyIdShaped);
  const secret = words.find(isSecretShaped);
  if (words.length > 1 && id !== undefined && secret !== undefined) {
    const token = words.find((word) => word.length >= 100);
    const region = words.find((word) => regionPattern.test(word));
    return { accessKeyId: id, secretAccessKey: secret, ...(token === undefined ? {} : { sessionToken: token }), ...(region === undefined ? {} : { region }) };
  }
  const lines = text.split('\n').map(bareValue).filter((line) => line !== '');
  const [first, second, third] = lines;
  if (first === undefined || second === undefined || lines.length > 3 || lines.some((line) => /\s/.test(line))) return null;
  if (isSecretShaped(first)) return null; // an id is sent, and shown in part
  return { accessKeyId: first, secretAccessKey: second, ...(third === undefined ? {} : { sessionToken: third }) };
}

/** Puts id and secret, each given for the other, where they belong. */
function unswapped(found: Texts): { readonly texts: Texts; readonly swapped: boolean } {
  const { accessKeyId, secretAccessKey } = found;
  const swapped = accessKeyId !== undefined && secretAccessKey !== undefined && isSecretShaped(accessKeyId) && isAccessKeyIdShaped(secretAccessKey);
  return { texts: swapped ? { ...found, accessKeyId: secretAccessKey, secretAccessKey: accessKeyId } : found, swapped };
}

function dateOf(text: string): Date | undefined {
  const date = new Date(/^\d+$/.test(text) ? Number(text) : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/**
 * What `text` says of credentials, in any of the formats in which AWS and people hand them around.
 *
 * @returns `null` where it is none of them: a single value, or something else
 */
export function parsePasted(text: string): { readonly values: Pasted; readonly swapped: boolean } | null {
  const normal = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n').trim();
  const found = fromJson(normal) ?? fromCsv(normal) ?? fromAssignments(normal) ?? fromValues(normal);
  if (found === null || Object.keys(found).length === 0) return null;
  const { texts: { expiration, ...values }, swapped } = unswapped(found);
  const date = expiration === undefined ? undefined : dateOf(expiration);
  return { values: { ...values, ...(date === undefined ? {} : { expiration: date }) }, swapped };
}
