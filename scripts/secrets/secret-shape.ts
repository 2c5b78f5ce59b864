import { entropy } from './entropy';
import { accessKeyIdPattern, documentationAccessKeyIds, secretAccessKeyPattern } from './key-shapes';

/** A session token of STS, from how it begins on: base64 of `origin`, `aws` and older markers. */
export const sessionTokenStart = /(?<![A-Za-z0-9/+])(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AQoDYXdz)[A-Za-z0-9/+=]{60,}/;

/** A JSON Web Token: header and payload are JSON objects, so that both begin with `eyJ`. RFC 7519 */
const jwt = /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Below this many bits a character, forty characters are a path, a name or a hash rather than a random secret. */
const leastEntropy = 4.2;

/** Above this many neighbours of one case, of 39, it is made of words: a random secret has six or seven. */
const mostNeighbours = 18;

function isMadeOfWords(text: string): boolean {
  return [/[a-z](?=[a-z])/g, /[A-Z](?=[A-Z])/g].some((pair) => (text.match(pair)?.length ?? 0) > mostNeighbours);
}

/** Whether `text` as a whole could be a secret access key: forty characters, all kinds of them, in no order. */
export function looksLikeSecretKey(text: string): boolean {
  const match = secretAccessKeyPattern.exec(text);
  if (match?.[0] !== text || isMadeOfWords(text)) return false;
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && entropy(text) >= leastEntropy;
}

/** Whether `text` holds a session token of AWS STS. */
function holdsSessionToken(text: string): boolean {
  return sessionTokenStart.test(text);
}

/** Whether `text` holds a JSON Web Token: what a CI system's OIDC provider gives. */
function holdsJwt(text: string): boolean {
  return jwt.test(text);
}

/** Whether `text` is a secret access key, or holds a session token or a JSON Web Token: what is shown nowhere. */
export function isSecret(text: string): boolean {
  return looksLikeSecretKey(text) || holdsSessionToken(text) || holdsJwt(text);
}

/** Whether `text` holds the id of an access key that AWS's documentation does not print. */
function holdsAccessKeyId(text: string): boolean {
  const match = accessKeyIdPattern.exec(text);
  return match !== null && !documentationAccessKeyIds.has(match[0]);
}

/** Whether `text` has a part shaped like a credential: what no argument and no variable of the app should hold. */
export function holdsCredential(text: string): boolean {
  return holdsAccessKeyId(text) || holdsSessionToken(text) || holdsJwt(text) || text.split(/[^A-Za-z0-9/+]+/).some(looksLikeSecretKey);
}
