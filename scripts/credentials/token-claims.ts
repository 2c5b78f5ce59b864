/** What a web identity token says of whom it is for. Shown to people: the token itself never is. */
export interface TokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
}

/** What a claim may show: no control character, and not without bound. */
function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') : value;
  return typeof text === 'string' && text !== '' ? text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 300) : 'none';
}

/** The claims of a JSON Web Token, unverified; `null` where it is none. https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
export function claimsOf(token: string): TokenClaims | null {
  const payload = payloadOf(token);
  if (payload === null) return null;
  const { iss, aud, sub } = payload;
  return { issuer: shown(iss), audience: shown(aud), subject: shown(sub) };
}

/** When a JSON Web Token ends; `null` where it does not say, or is none. https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4 */
export function endOfToken(token: string): Date | null {
  const seconds = payloadOf(token)?.['exp'];
  const end = new Date(typeof seconds === 'number' ? seconds * 1000 : Number.NaN);
  return Number.isNaN(end.getTime()) ? null : end;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> | null {
  const [, payload, signature, ...more] = token.trim().split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
