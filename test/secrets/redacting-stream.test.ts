import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { redact } from '../../scripts/secrets/redact';
import { redactingStream } from '../../scripts/secrets/redacting-stream';
import { forgetSecrets, registerSecret } from '../../scripts/secrets/registry';
import { canaries, canariesIn, cut, interrupted, secret, token } from './canary';

beforeEach(() => {
  forgetSecrets();
  registerSecret(secret);
  registerSecret(token);
});
afterAll(() => forgetSecrets());

function through(chunks: readonly Buffer[]): Promise<Buffer> {
  const stream = redactingStream();
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  return buffer(stream);
}

/** What comes out of a stream at once for each of `chunks`. */
async function atOnce(chunks: readonly Buffer[]): Promise<string[]> {
  const stream = redactingStream();
  let got = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => { got = Buffer.concat([got, chunk]); });
  const seen: string[] = [];
  for (const chunk of chunks) {
    await new Promise<void>((done) => { stream.write(chunk, () => done()); });
    seen.push(got.toString('latin1'));
  }
  stream.destroy();
  return seen;
}

const cuts = fc.array(fc.nat(), { maxLength: 6 });

describe('a redacting stream', () => {
  test('lets no canary through and does what is done to the whole, however it is cut', async () => {
    const piece = fc.oneof(
      fc.string(), fc.constantFrom(...canaries), fc.constantFrom(...canaries).chain(interrupted),
      fc.constantFrom(secret.slice(0, 20), token.slice(0, 60), 'é€😀', '\n', '\u001B[1m'),
    );
    await expect(fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 4 }), cuts, async (pieces, at) => {
      const whole = pieces.join('');
      const out = (await through(cut(Buffer.from(whole), at))).toString();
      return canariesIn(out).length === 0 && out === redact(whole);
    }), { numRuns: 10_000 })).resolves.toBeUndefined();
  });

  test('takes a secret that begins with a slash where JSON escapes it, wherever it is cut', async () => {
    const escaped = Buffer.from(String.raw`"key":"\/${secret.replaceAll('/', String.raw`\/`)}"`);
    forgetSecrets();
    registerSecret(`/${secret}`);
    for (let at = 1; at < escaped.length; at++) expect((await through([escaped.subarray(0, at), escaped.subarray(at)])).toString()).not.toContain(secret.slice(-8));
  });

  test('leaves other bytes as they are, no text at all included', async () => {
    await expect(fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), cuts, async (bytes, at) => {
      return (await through(cut(Buffer.from(bytes), at))).equals(bytes);
    }), { numRuns: 10_000 })).resolves.toBeUndefined();
  });

  test('holds back only what a secret begins with, and no end of a line that tells nothing', async () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\r\n', '\n  ', String.raw`\n`, '\\', ' ', 'word', '\u001B[32m', 'w', 'wJ9', secret.slice(0, 8), secret.slice(0, 30), token.slice(0, 5)), fc.string());
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 6 }), cuts, async (pieces, at) => {
      const chunks = cut(Buffer.from(pieces.join('')), at);
      const seen = await atOnce(chunks);
      chunks.forEach((_, index) => {
        const given = Buffer.concat(chunks.slice(0, index + 1)).toString('latin1');
        const held = given.slice(seen[index]?.length);
        expect(given).toBe(`${seen[index]}${held}`);
        const letters = held.replaceAll('\u001B[32m', '').replace(/(?:[\r\n]+|\\+(?:[nr]|$))[ \t]*|[^ -~](?:\[\d*)?$/g, '').trimStart();
        expect(canaries.some((form) => form.includes(letters))).toBe(true);
        expect(/[\r\n]$/.test(held) && letters.length < 8).toBe(false);
      });
    }), { numRuns: 1000 });
  });

  test('shows a line when it is written, whatever its last letter', async () => {
    const lines = ['a line\n', 'show w\n', 'show w\u001B[0m\r\n'];
    expect(await atOnce(lines.map((line) => Buffer.from(line)))).toEqual(lines.map((_, index) => lines.slice(0, index + 1).join('')));
  });

  test('does not keep line breaks without end behind the beginning of a secret', async () => {
    const begun = Buffer.from(`${secret.slice(0, 30)}${'\n'.repeat(1 << 16)}`);
    expect((await atOnce([begun]))[0]).toHaveLength(begun.length);
  });

  test('takes a secret that is registered meanwhile', async () => {
    const stream = redactingStream();
    const out = buffer(stream);
    stream.write('before a-later-secret-of-ours, ');
    registerSecret('a-later-secret-of-ours');
    stream.end('after a-later-secret-of-ours');
    expect((await out).toString()).toBe('before a-later-secret-of-ours, after [redacted]');
  });

  test('does not cut a secret out of a longer one that begins with it, wherever the chunks end', async () => {
    const short = 'abcdefGHIJKLMNOP';
    const long = `${short}QRSTUVWXYZ0123`;
    registerSecret(short);
    registerSecret(long);
    const whole = Buffer.from(`before ${long} between ${short} after`);
    for (let at = 1; at < whole.length; at++) expect((await through([whole.subarray(0, at), whole.subarray(at)])).toString()).toBe('before [redacted] between [redacted] after');
  });
});
