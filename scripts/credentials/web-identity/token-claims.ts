import { isJsonObject, own, type JsonObject } from '../../configuration/json-object';

const names = ['iss', 'aud', 'sub', 'ref', 'environment', 'repository', 'repository_id', 'repository_owner_id', 'project_path', 'project_id'] as const;

/**
 * What a web identity token says of whom it is for, each claim as its own text; `null` for one that it has not. Shown to people:
 * the token itself never is.
 */
export type TokenClaims = Readonly<Record<(typeof names)[number], string | null>>;

/** What a claim may show: no control character, and not without bound. */
function shown(value: unknown): string | null {
  const text = Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 300) : null;
}

/** The claims of a JSON Web Token, unverified; `null` where it is none. https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
export function claimsOf(token: string): TokenClaims | null {
  const all = payloadOf(token);
  if (all === null) return null;
  const claim = (name: string): string | null => shown(own(all, name));
  return Object.fromEntries(names.map((name) => [name, claim(name)])) as TokenClaims;
}

/** When a JSON Web Token ends; `null` where it does not say, or is none. https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 */
export function endOfToken(token: string): Date | null {
  const seconds = payloadOf(token)?.['exp'];
  const end = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(end.getTime()) ? null : end;
}

function payloadOf(token: string): JsonObject | null {
  const [, payload, signature, ...more] = token.trim().split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isJsonObject(claims) ? claims : null;
  } catch {
    return null;
  }
}
