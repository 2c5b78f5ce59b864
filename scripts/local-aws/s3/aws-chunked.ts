import { AwsError } from '../aws-error';

/** A body out of its chunks, and the headers that trailed it. */
export interface Unchunked {
  readonly body: Buffer;
  /** Names in lower case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Takes apart a body of content-encoding `aws-chunked` whose chunks are unsigned (STREAMING-UNSIGNED-PAYLOAD-TRAILER).
 *
 * @throws AwsError IncompleteBody where it is cut or is not such a body
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunk(encoded: Buffer): Unchunked {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(encoded, at);
    if (!/^[0-9a-f]{1,8}$/i.test(line)) throw incomplete();
    const size = Number.parseInt(line, 16);
    at += line.length + 2;
    if (size === 0) return { body: Buffer.concat(chunks), trailers: trailersAt(encoded, at) };
    if (encoded.toString('latin1', at + size, at + size + 2) !== '\r\n') throw incomplete();
    chunks.push(encoded.subarray(at, at + size));
    at += size + 2;
  }
}

function trailersAt(encoded: Buffer, start: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  let at = start;
  while (at < encoded.length) {
    const line = lineAt(encoded, at);
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon < 1) throw incomplete();
    trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    at += line.length + 2;
  }
  return trailers;
}

function lineAt(encoded: Buffer, at: number): string {
  const end = encoded.indexOf('\r\n', at, 'latin1');
  if (end === -1) throw incomplete();
  return encoded.toString('latin1', at, end);
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body terminated unexpectedly');
}
