import { createHash } from 'node:crypto';
import { AwsError } from '../aws-error';
import { unchunk, type Unchunked } from './aws-chunked';
import type { S3Call } from './call';
import { checksumHeader, checksumOf, isChecksumAlgorithm, type ChecksumAlgorithm } from './checksums';

/** A body that is what its sender meant. */
export interface VerifiedBody {
  readonly bytes: Buffer;
  /** The checksum that came with it. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | null;
  /** Whether it came with a checksum or an MD5. */
  readonly verified: boolean;
}

/**
 * Decodes a body and compares it with the digests that came along.
 *
 * @throws AwsError IncompleteBody, InvalidDigest, BadDigest, InvalidRequest
 */
export function readBody({ request: { headers, body } }: S3Call): VerifiedBody {
  const { body: bytes, trailers } = decode(headers, body);
  const md5 = headers['content-md5'];
  if (md5 !== undefined) verifyMd5(md5, bytes);
  const checksum = checksumOfRequest({ ...headers, ...trailers });
  if (checksum !== null && checksumOf(checksum.algorithm, bytes) !== checksum.value) {
    throw new AwsError('BadDigest', `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
  return { bytes, checksum, verified: checksum !== null || md5 !== undefined };
}

function decode(headers: Readonly<Record<string, string>>, body: Buffer): Unchunked {
  // Signed chunks have been refused with their signature.
  if (headers['x-amz-content-sha256'] !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return { body, trailers: {} };
  const whole = unchunk(body);
  const length = headers['x-amz-decoded-content-length'];
  if (length === undefined) throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  if (Number(length) !== whole.body.length) {
    throw new AwsError('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
  }
  const promised = headers['x-amz-trailer']?.trim().toLowerCase();
  if (promised !== undefined && whole.trailers[promised] === undefined) {
    throw new AwsError('MalformedTrailerError', 'The request contained trailing data that was not well-formed or did not conform to our published schema.');
  }
  return whole;
}

function verifyMd5(given: string, bytes: Buffer): void {
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given)) throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, { 'Content-MD5': given });
  if (createHash('md5').update(bytes).digest('base64') !== given) {
    throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
}

function checksumOfRequest(headers: Readonly<Record<string, string>>): VerifiedBody['checksum'] {
  const named = (headers['x-amz-sdk-checksum-algorithm'] ?? '').toUpperCase();
  const found = Object.entries(headers).flatMap(([name, value]) => {
    const algorithm = name.startsWith('x-amz-checksum-') ? name.slice('x-amz-checksum-'.length).toUpperCase() : '';
    return isChecksumAlgorithm(algorithm) ? [{ algorithm, value }] : [];
  });
  const [checksum = null, second] = found;
  if (second !== undefined) throw new AwsError('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  if (isChecksumAlgorithm(named) && checksum?.algorithm !== named) {
    throw new AwsError('InvalidRequest', 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.');
  }
  if (checksum !== null && Buffer.from(checksum.value, 'base64').toString('base64') !== checksum.value) {
    throw new AwsError('InvalidRequest', `Value for ${checksumHeader(checksum.algorithm)} header is invalid.`);
  }
  return checksum;
}
