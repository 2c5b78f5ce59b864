import { AwsError, unsupported } from '../aws-error';
import { authorize } from './access';
import { getBucket } from './buckets';
import type { S3Call } from './call';

/** What every listing of a bucket can be asked for. */
export interface ListInput {
  readonly prefix: string;
  /** Empty where there is none. */
  readonly delimiter: string;
  readonly maxKeys: number;
  /** A key as the answer has it: percent-encoded where the caller wants that. */
  readonly encoded: (key: string) => string;
}

/** One page of a listing. */
export interface ListPage<Entry> {
  readonly entries: readonly Entry[];
  readonly prefixes: readonly string[];
  /** What the page ended with, where more follows. */
  readonly last: { readonly entry: Entry } | { readonly prefix: string } | null;
}

const mostKeys = 1000;

/**
 * Judges the caller, and reads what a listing is asked for.
 *
 * @throws AwsError AccessDenied, NoSuchBucket, InvalidArgument
 */
export function listInput(call: S3Call, action: string): ListInput {
  const { local, bucket, query } = call;
  const [prefix, delimiter, maxKeys] = [query.get('prefix'), query.get('delimiter'), query.get('max-keys')];
  authorize(call, action, { 's3:prefix': prefix ?? [], 's3:delimiter': delimiter ?? [], 's3:max-keys': maxKeys ?? [] });
  getBucket(local, bucket);
  if (maxKeys !== null && !/^\d{1,10}$/.test(maxKeys)) throw invalid('max-keys', maxKeys, 'Provided max-keys not an integer or within integer range');
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') throw invalid('encoding-type', encoding, 'Invalid Encoding Method specified in Request');
  if (call.request.headers['x-amz-optional-object-attributes'] !== undefined) throw unsupported('optional object attributes of S3');
  return {
    prefix: prefix ?? '',
    delimiter: delimiter ?? '',
    maxKeys: Math.min(Number(maxKeys ?? mostKeys), mostKeys),
    encoded: (key) => (encoding === 'url' ? urlEncoded(key) : key),
  };
}

/**
 * Cuts one page.
 *
 * @param entries in their order, those of earlier pages gone
 */
export function listPage<Entry extends { readonly key: string }>(entries: Iterable<Entry>, { prefix, delimiter, maxKeys }: ListInput): ListPage<Entry> {
  const page: Entry[] = [];
  const prefixes = new Set<string>();
  let last: ListPage<Entry>['last'] = null;
  for (const entry of entries) {
    if (maxKeys === 0 || !entry.key.startsWith(prefix)) continue;
    const common = commonPrefix(entry.key, prefix, delimiter);
    if (common !== null && prefixes.has(common)) continue;
    if (page.length + prefixes.size === maxKeys) return { entries: page, prefixes: [...prefixes], last };
    last = common === null ? { entry } : { prefix: common };
    if (common === null) page.push(entry);
    else prefixes.add(common);
  }
  return { entries: page, prefixes: [...prefixes], last: null };
}

/** Whether `key` comes after `other` in the order of listings, which is that of UTF-8's bytes. */
export function isAfter(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
}

/** `a/b/` of `a/b/c` with the prefix `a/` and the delimiter `/`. */
function commonPrefix(key: string, prefix: string, delimiter: string): string | null {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? null : key.slice(0, at + delimiter.length);
}

/** As forms have it, but for the slash. */
function urlEncoded(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/').replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+');
}

function invalid(ArgumentName: string, ArgumentValue: string, message: string): AwsError {
  return new AwsError('InvalidArgument', message, 400, { ArgumentName, ArgumentValue });
}
