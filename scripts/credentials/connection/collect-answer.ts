import type { Readable } from 'node:stream';
import { answerTooLarge } from '../../failures/answer-too-large';

/** Bytes that no answer of AWS has: the largest, a template or a page of stacks, has one million; that of an API ten. */
export const largestAnswer = 16 << 20;

/** Bytes that no credential, token or hint has. */
export const largestCredential = 1 << 20;

/** Milliseconds that an answer may go on once it has begun, however little is sent at a time. */
const patience = 30_000;

/** The error for an answer that does not come in time, by the name that the SDK has for it. */
export function timeout(): Error {
  return Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
}

/**
 * The bytes of `answer`, which is broken off where it would fill the memory, or never end.
 *
 * @param largest in bytes
 * @throws an error named {@link answerTooLarge} or TimeoutError; what Node says
 */
export async function collectAnswer(answer: Readable, largest = largestAnswer): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => answer.destroy(timeout()), patience);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) throw Object.assign(new Error(`an answer of more than ${largest >> 20} MB`), { name: answerTooLarge });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}
