import type { Rule, Scanner } from './scanner';

/**
 * The rules that a stream of bytes breaks. What was found is not kept; neighbouring pieces overlap, so that nothing
 * is lost at a border. An id alone is only reported where no piece has it in a pair.
 *
 * @param piece how many bytes are collected before they are looked at
 */
export async function scanStream(stream: AsyncIterable<Buffer>, scanner: Scanner, piece = 1 << 20): Promise<ReadonlySet<Rule>> {
  const found = new Set<Rule>();
  let waiting: Buffer[] = [];
  let size = 0;
  const look = (): void => {
    const bytes = Buffer.concat(waiting);
    for (const rule of scanner.rulesIn(bytes)) found.add(rule);
    waiting = [bytes.subarray(Math.max(0, bytes.length - scanner.overlap))];
    size = 0;
  };
  for await (const chunk of stream) {
    waiting.push(chunk);
    size += chunk.length;
    if (size >= piece) look();
  }
  look();
  if (found.has('aws-key-pair')) found.delete('aws-access-key-id');
  return found;
}
