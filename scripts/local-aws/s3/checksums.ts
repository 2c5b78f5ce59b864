import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { reflectedCrc } from './crc';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
const checksumAlgorithms = {
  CRC32: (body: Buffer) => numberBytes(crc32(body)),
  CRC32C: reflectedCrc(0x82f63b78n, 32),
  CRC64NVME: reflectedCrc(0x9a6c9329ac4bc9b5n, 64),
  SHA1: (body: Buffer) => createHash('sha1').update(body).digest(),
  SHA256: (body: Buffer) => createHash('sha256').update(body).digest(),
} as const satisfies Readonly<Record<string, (body: Buffer) => Buffer>>;

/** As `x-amz-checksum-algorithm` has it. */
export type ChecksumAlgorithm = keyof typeof checksumAlgorithms;

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(checksumAlgorithms, name);
}

/** In base64, as the headers have it. */
export function checksumOf(algorithm: ChecksumAlgorithm, body: Buffer): string {
  return checksumAlgorithms[algorithm](body).toString('base64');
}

/** `x-amz-checksum-sha256` */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
