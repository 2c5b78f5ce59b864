import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error';
import type { Protocol } from './service';

const mebibyte = 1024 * 1024;

/** Largest bodies: bytes. Lambda's code arrives in base64. Calls of APIs are REST JSON too: API Gateway refuses them beyond its own 10 MB. */
const limits: Readonly<Record<Protocol, number>> = {
  'query-xml': 2 * mebibyte,
  'json-1.0': 16 * mebibyte,
  'json-1.1': 16 * mebibyte,
  'rest-json': 70 * mebibyte,
  'rest-xml': 512 * mebibyte,
};

/**
 * Reads the body whole.
 *
 * @throws AwsError RequestEntityTooLarge, as soon as it is known
 */
export async function readBody(message: IncomingMessage, protocol: Protocol): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > limits[protocol]) throw new AwsError('RequestEntityTooLarge', `The body is larger than the local AWS reads for such a request (${limits[protocol]} bytes).`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
