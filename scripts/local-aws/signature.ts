import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decoded } from './decoded';

/** The Authorization header of Signature Version 4. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `20260101` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** In lower case, in the order in which they were signed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Hash of the body in hex, or the word that stands for it. */
  readonly payload: string;
  /** `20260101T000000Z` */
  readonly time: string;
}

const scheme = 'AWS4-HMAC-SHA256';

/** Whether the header is one of Signature Version 4 at all. */
export function isSigned(header: string | undefined): header is string {
  return header?.startsWith(`${scheme} `) ?? false;
}

/** Null where a part is missing or malformed. */
export function parseAuthorization(header: string): Authorization | null {
  const parts = new Map(header.slice(scheme.length).split(',').map((part) => {
    const [name = '', ...value] = part.trim().split('=');
    return [name, value.join('=')] as const;
  }));
  const [accessKeyId, date, region, service, end, ...rest] = parts.get('Credential')?.split('/') ?? [];
  const signature = parts.get('Signature') ?? '';
  const signedHeaders = parts.get('SignedHeaders')?.split(';') ?? [];
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request' || rest.length > 0) return null;
  if (!/^[0-9a-f]{64}$/.test(signature) || !signedHeaders.includes('host')) return null;
  return { accessKeyId, date, region, service, signedHeaders, signature };
}

/**
 * Whether the signature is the one that `secret` makes, compared in constant time.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignatureOf(secret: string, authorization: Authorization, request: SignedRequest): boolean {
  const { date, region, service } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = [scheme, request.time, scope, sha256(canonicalRequest(authorization, request))].join('\n');
  const key = [region, service, 'aws4_request'].reduce((secretKey, part) => hmac(secretKey, part), hmac(`AWS4${secret}`, date));
  return isEqual(hmac(key, text).toString('hex'), authorization.signature);
}

/** Compares what may be secret: how long it takes tells nothing of where the two differ. */
export function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}

/** In hexadecimal. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function canonicalRequest({ service, signedHeaders }: Authorization, { method, target, headers, payload }: SignedRequest): string {
  const [path, query] = splitOnce(target, '?');
  return [
    method,
    service === 's3' ? path : canonicalPath(path),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payload,
  ].join('\n');
}

/** All services but S3 remove dot segments and encode once more what is encoded already. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(encode).join('/')}${end}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => splitOnce(pair, '=').map((part) => encode(decoded(part) ?? part))) // what cannot be decoded stays, and so will not match
    .map(([name = '', value = '']) => [name, value] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** RFC 3986: everything but unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
