import type { Readable } from 'node:stream';
import type { Rule, Scanner } from './scanner';

/**
 * The rules that a stream of bytes breaks. What was found is not kept; neighbouring pieces overlap, so that nothing
 * is lost at a border. An id alone is only reported where no piece has it in a pair.
 *
 * @param piece how many bytes are collected before they are looked at
 */
export async function scanStream(stream: Readable, scanner: Scanner, piece = 1 << 20): Promise<ReadonlySet<Rule>> {
  const found = new Set<Rule>();
  let tail = '';
  let waiting: Buffer[] = [];
  let size = 0;
  const look = (): void => {
    const text = tail + Buffer.concat(waiting, size).toString('latin1');
    for (const rule of scanner.rulesIn(text)) found.add(rule);
    tail = text.slice(-scanner.overlap);
    [waiting, size] = [[], 0];
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= piece) look();
  }
  look();
  if (found.has('aws-key-pair')) found.delete('aws-access-key-id');
  return found;
}
