import { unwrapped } from './legible';

/** Below this many characters a value is neither searched for nor redacted: it would hit ordinary text. */
export const shortestSecret = 16;

/** Whether `value` is searched for. */
export function isLongEnough(value: string | undefined): value is string {
  return value !== undefined && unwrapped(value).length >= shortestSecret;
}

/**
 * The parts of `secret`'s base64 that do not depend on its neighbours, at each of the three alignments at which
 * it can stand inside a longer encoded text (RFC 4648, section 4).
 */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '');
    const from = Math.ceil((before * 8) / 6);
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(from, whole);
  });
}

/**
 * Every form in which `value` is recognized: as it is, JSON-escaped (with and without `\/`), URL-encoded, hex,
 * base64 and base64url at three alignments.
 *
 * @returns distinct, non-empty texts; the first is the secret itself
 */
export function encodingsOf(value: string): string[] {
  const secret = Buffer.from(value).toString(); // half a surrogate pair is no text, and cannot be URL-encoded
  const hex = Buffer.from(secret).toString('hex');
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const base64 = base64Cores(secret);
  const forms = [
    secret,
    json,
    json.replaceAll('/', String.raw`\/`),
    url,
    url.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64.map(encodeURIComponent),
  ];
  return [...new Set(forms)].filter((form) => form.length >= shortestSecret || form === secret);
}
