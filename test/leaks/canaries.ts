import { randomBytes, randomInt } from 'node:crypto';

/** What must not be found: fresh in each run, in the shape of the real thing. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  /** How many characters it begins with tell nothing, or may be shown. The eight behind them are looked for as well. */
  readonly told?: number;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function random(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** The fifth character of an id that names no account in its bits is I or J. */
export function accessKeyId(prefix: 'AKIA' | 'ASIA'): Canary {
  return { name: `${prefix} access key id`, value: `${prefix}I${random(base32, 15)}`, told: 4 };
}

/** Forty characters, `/` and `+` among them, which URLs, JSON and shells each write in their own way. */
export function secretAccessKey(): Canary {
  return { name: 'secret access key', value: `${random(base64, 12)}/${random(base64, 12)}+${random(base64, 14)}` };
}

export function sessionToken(): Canary {
  return { name: 'session token', value: `IQoJ${randomBytes(333).toString('base64')}` };
}

/** Of the virtual device whose ARN a profile names. */
export function mfaCode(): Canary {
  return { name: 'MFA code', value: String(randomInt(100_000, 1_000_000)) };
}

/** Header and claims are no secret, its signature is. https://datatracker.ietf.org/doc/html/rfc7519 */
export function oidcToken(value: string): Canary {
  return { name: 'OIDC token', value, told: value.lastIndexOf('.') + 1 };
}

/** What a server of IAM Identity Center made for a test: `device-code-`, and what nobody could guess. */
export function ofLogin(value: string): Canary {
  const told = value.search(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  return { name: value.slice(0, told).replaceAll('-', ' ').trim(), value, told };
}
