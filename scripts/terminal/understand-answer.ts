import { nearestRegion, verifyRegionShape } from '../credentials/region';
import { Failure } from '../failures/failure';
import { documentationAccessKeyIds, isTemporaryKeyId } from '../secrets/key-shapes';
import { registerSecret } from '../secrets/registry';
import { bareValue, isAccessKeyIdShaped, isSecretShaped, parsePasted, type Pasted } from './pasted-credentials';

/** What a person has given so far. A session token of `''` means that there is none. */
export type Typed = Pasted;

/** What a person is asked for. */
export type Field = 'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'region';

/** The names that the guide gives them. */
export const fieldNames: Readonly<Record<Field, string>> = {
  accessKeyId: 'AWS_ACCESS_KEY_ID',
  secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  sessionToken: 'AWS_SESSION_TOKEN',
  region: 'AWS_DEFAULT_REGION',
};

/** What was made of an answer. */
export type Answer =
  /** `note`: what was made of it, where that is not plain. */
  | { readonly kind: 'understood'; readonly values: Typed; readonly note: string | null }
  | { readonly kind: 'refused'; readonly why: string };

function refused(why: string): Answer {
  return { kind: 'refused', why };
}

const swappedNote = 'The id and the secret were swapped; each is where it belongs now.';
const example = "That is the example from AWS's documentation. It belongs to nobody; give one of your own.";

/** Why a value can stand in no key, or `null`. */
function flawOf(field: Field, value: string): string | null {
  if (documentationAccessKeyIds.has(value) || value.endsWith('EXAMPLEKEY')) return example;
  if (/\s/.test(value)) return `A space or a line break is in the middle of the ${fieldNames[field]}. Copy it again, whole and alone.`;
  if (/[^\u0021-\u007E]|["'`]/.test(value)) return `A quotation mark or another character that no key has is in the ${fieldNames[field]}. Copy it again, whole and alone.`;
  return null;
}

/** What `text`, given for `field`, says. Its secrets are registered before anything else happens with them. */
export function understandAnswer(field: Field, text: string, before: Typed): Answer {
  const parsed = parsePasted(text);
  const value = bareValue(text);
  if (isSecretShaped(value) || (field !== 'region' && !isAccessKeyIdShaped(value))) registerSecret(value);
  // What is none of the formats may be a secret with more behind it.
  if (parsed === null) for (const line of text.split(/[\r\n]+/).map(bareValue)) if (isSecretShaped(line)) registerSecret(line);
  registerSecret(parsed?.values.secretAccessKey);
  registerSecret(parsed?.values.sessionToken);
  if (/\p{Cc}/u.test(text.replaceAll(/[\t\r\n]/g, ''))) return refused('A control character came along (an escape sequence or NUL). Nothing of it was used; give it again.');
  if (parsed !== null) return understandBlock(parsed.values, parsed.swapped);
  if (field === 'region') return understandRegion(value);
  const flaw = flawOf(field, value);
  return flaw === null ? understandValue(field, value, before) : refused(flaw);
}

function understandBlock(values: Pasted, swapped: boolean): Answer {
  for (const field of Object.keys(fieldNames) as Field[]) {
    const value = values[field];
    const flaw = value === undefined ? null : flawOf(field, value);
    if (flaw !== null) return refused(flaw);
  }
  const given = (Object.keys(fieldNames) as Field[]).filter((field) => values[field] !== undefined).map((field) => fieldNames[field]);
  if (given.length === 0) return refused('That says when credentials expire, and has none of them. Copy the lines with the keys.');
  if (values.region !== undefined) {
    const region = understandRegion(values.region);
    if (region.kind === 'refused') return region;
  }
  return { kind: 'understood', values, note: `Understood: ${given.join(', ')}.${swapped ? ` ${swappedNote}` : ''}` };
}

function understandValue(field: Exclude<Field, 'region'>, value: string, before: Typed): Answer {
  const { accessKeyId } = before;
  if (value === '') return understandNothing(field, before);
  if (field === 'accessKeyId' && isSecretShaped(value)) {
    return { kind: 'understood', values: { secretAccessKey: value }, note: 'That has the shape of a secret access key, and is taken as the secret. Now its id:' };
  }
  if (field !== 'accessKeyId' && isAccessKeyIdShaped(value)) return refused(`That is an access key id, not the ${fieldNames[field]}.`);
  if (field === 'secretAccessKey' && value === accessKeyId) return refused('That is the id once more, not the secret.');
  return { kind: 'understood', values: { [field]: value }, note: null };
}

function understandNothing(field: Exclude<Field, 'region'>, { accessKeyId = '' }: Typed): Answer {
  if (field !== 'sessionToken') return refused(`Nothing was typed. Ctrl-C leaves; else give the ${fieldNames[field]}.`);
  if (isTemporaryKeyId(accessKeyId)) return refused('An id that begins with ASIA is of temporary credentials: they do not work without their session token.');
  return { kind: 'understood', values: { sessionToken: '' }, note: null };
}

function understandRegion(value: string): Answer {
  if (isSecretShaped(value) || isAccessKeyIdShaped(value)) return refused('That is a key, and is not used. Give the name of a region, such as us-west-2.');
  try {
    verifyRegionShape(value);
  } catch (error) {
    if (error instanceof Failure) return refused(`${error.message} ${error.fix}`);
    throw error;
  }
  const near = nearestRegion(value);
  return { kind: 'understood', values: { region: value }, note: near === null ? null : `${value} is not in the list of regions. Did you mean ${near}?` };
}
