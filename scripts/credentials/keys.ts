import { Failure } from '../failures/failure';
import { documentationAccessKeyIds, isTemporaryKeyId } from '../secrets/key-shapes';
import { registerCredentials } from '../secrets/registry';
import type { Credentials } from './source';

/** The three values of one place, as they stand there. Blank ones count as absent. */
export interface KeyTexts {
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
}

/** What a place calls them. */
export type KeyNames = Readonly<Record<keyof KeyTexts, string>>;

/** How the environment and `.env` call them. */
export const variableNames: KeyNames = { accessKeyId: 'AWS_ACCESS_KEY_ID', secretAccessKey: 'AWS_SECRET_ACCESS_KEY', sessionToken: 'AWS_SESSION_TOKEN' };

/** The lines that give them to a shell, as the guide has them. */
export const keyExports = Object.values(variableNames).map((name) => `export ${name}="..."`).join('\n');

/** How profiles call them. */
export const profileKeyNames: KeyNames = { accessKeyId: 'aws_access_key_id', secretAccessKey: 'aws_secret_access_key', sessionToken: 'aws_session_token' };

/** The three values of a place, by what it calls them. */
export function keyTexts(names: KeyNames, value: (name: string) => string | undefined): KeyTexts {
  return { accessKeyId: value(names.accessKeyId), secretAccessKey: value(names.secretAccessKey), sessionToken: value(names.sessionToken) };
}

function present(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

/** Whether the place has an id or a secret; a token alone is nothing. */
export function hasKeys(texts: KeyTexts): boolean {
  return present(texts.accessKeyId) || present(texts.secretAccessKey);
}

/**
 * The credentials of one place, registered as secrets. STS judges them; here only what can never work is refused.
 *
 * @param where how a sentence calls the place: `the environment`, `.env`, `profile dev`
 * @throws Failure INCOMPLETE_CREDENTIALS, MALFORMED_CREDENTIALS, INVALID_ACCESS_KEY (AWS's documentation prints it)
 */
export function verifyKeys(texts: KeyTexts, names: KeyNames, where: string): Credentials {
  const { accessKeyId, secretAccessKey, sessionToken } = texts;
  registerCredentials({ secretAccessKey: secretAccessKey ?? '', sessionToken });
  if (!present(accessKeyId)) throw incomplete(names.accessKeyId, names.secretAccessKey, where);
  if (!present(secretAccessKey)) throw incomplete(names.secretAccessKey, names.accessKeyId, where);
  if (documentationAccessKeyIds.has(accessKeyId.trim())) {
    throw new Failure({ code: 'INVALID_ACCESS_KEY', message: `The ${names.accessKeyId} of ${where} is the example that AWS's documentation prints. It belongs to nobody.`, fix: 'Give a key of your own: sign in to the AWS console and choose Security credentials, or run: aws configure' });
  }
  verifyCharacters(accessKeyId, names.accessKeyId, where);
  verifyCharacters(secretAccessKey, names.secretAccessKey, where);
  if (!present(sessionToken)) {
    if (isTemporaryKeyId(accessKeyId)) throw incomplete(names.sessionToken, names.accessKeyId, where, ' The id begins with ASIA: it is of temporary credentials, which need their token.');
    return { accessKeyId, secretAccessKey };
  }
  verifyCharacters(sessionToken, names.sessionToken, where);
  return { accessKeyId, secretAccessKey, sessionToken };
}

function incomplete(missing: string, given: string, where: string, why = ''): Failure {
  return new Failure({
    code: 'INCOMPLETE_CREDENTIALS',
    message: `${missing} is missing: ${where} has only ${given}.${why}`,
    fix: where === 'the environment' ? `Set it as well: export ${missing}="..."   (or unset ${given})` : `Add a line ${missing}=... to ${where}, or take its line ${given} out.`,
  });
}

/** What comes along when people paste. None of it can stand in a header, nor in a key. */
const intruders: readonly (readonly [RegExp, string])[] = [
  [/[\r\n]/, 'a line break'],
  [/["'`“”‘’]/, 'a quotation mark'],
  [/\s/, 'a space'],
  [/[^\u0021-\u007e]/, 'a character that no key has'],
];

function verifyCharacters(value: string, name: string, where: string): void {
  for (const [pattern, what] of intruders) {
    const at = pattern.exec(value)?.index;
    if (at === undefined) continue;
    const position = at === 0 ? 'at its beginning' : at === value.length - 1 ? 'at its end' : `at its character ${at + 1} of ${value.length}`;
    throw new Failure({ code: 'MALFORMED_CREDENTIALS', message: `The ${name} of ${where} has ${what} ${position}.`, fix: 'Copy the value again, without what stands around it.' });
  }
}
