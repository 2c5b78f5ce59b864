import { AwsError } from '../aws-error';
import { decoded } from '../decoded';
import type { LocalAws, LocalRequest, LocalResponse } from '../service';
import { xml, type XmlValue } from '../xml';

/** One request to S3, with what its address names. */
export interface S3Call {
  readonly local: LocalAws;
  readonly request: LocalRequest;
  readonly query: URLSearchParams;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/** Bytes of a key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;

/**
 * Reads a path-style address: `/bucket/key`.
 *
 * @throws AwsError InvalidURI, KeyTooLongError
 */
export function s3Call(local: LocalAws, request: LocalRequest): S3Call {
  const path = (request.target?.split('?', 1)[0] ?? request.url.pathname).slice(1);
  const slash = path.indexOf('/');
  const [bucket, key] = slash === -1 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)];
  const call = { local, request, query: request.url.searchParams, bucket: decode(bucket), key: decode(key) };
  const size = Buffer.byteLength(call.key);
  if (size > longestKey) throw new AwsError('KeyTooLongError', 'Your key is too long', 400, { Size: size, MaxSizeAllowed: longestKey });
  return call;
}

/** @param name in lower case */
export function header(call: S3Call, name: string): string | null {
  return call.request.headers[name] ?? null;
}

/** An answer without a body. */
export function empty(status: number, headers: LocalResponse['headers'] = {}): LocalResponse {
  return { status, headers, body: '' };
}

/** An answer in S3's namespace. */
export function answer(name: string, content: XmlValue, headers: LocalResponse['headers'] = {}): LocalResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml(`${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"`, content)}`;
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

function decode(text: string): string {
  const key = decoded(text);
  if (key === null) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  return key;
}
