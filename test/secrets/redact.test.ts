import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { encodingsOf } from '../../scripts/secrets/encodings';
import { redact, redactedMark, redactingStream } from '../../scripts/secrets/redact';
import { forgetSecrets, registerCredentials, registeredCount, registerSecret } from '../../scripts/secrets/registry';

const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
const token = `IQoJb3JpZ2lu${'X2VjE0aBcDeFgH'.repeat(30)}==`;

beforeEach(() => forgetSecrets());
afterAll(() => forgetSecrets());

function throughStream(chunks: readonly Buffer[]): Promise<string> {
  return text(Readable.from(chunks).pipe(redactingStream()));
}

/** `buffer` cut at `cuts`. */
function cut(buffer: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((position) => position % (buffer.length + 1)))].toSorted((a, b) => a - b);
  return [...at, buffer.length].map((end, index) => buffer.subarray(at[index - 1] ?? 0, end));
}

describe('the registry', () => {
  test('takes the secret and the token of credentials, and no short value', () => {
    registerCredentials({ secretAccessKey: secret, sessionToken: token });
    registerCredentials({ secretAccessKey: secret });
    expect(registeredCount()).toBe(2);
    expect(registerSecret('test')).toBe(false);
    expect(registerSecret(undefined)).toBe(false);
    expect(registeredCount()).toBe(2);
  });
});

describe('redaction', () => {
  test('replaces every form of a secret, also of one registered later', () => {
    expect(redact(secret)).toBe(secret);
    registerSecret(secret);
    for (const form of encodingsOf(secret)) expect(redact(`<${form}>`)).toBe(`<${redactedMark}>`);
    registerSecret(token);
    expect(redact(`${token} and ${secret}`)).toBe(`${redactedMark} and ${redactedMark}`);
  });

  test('prefers the longer of two secrets that begin alike', () => {
    registerSecret('0123456789abcdef');
    registerSecret('0123456789abcdefghijklmnop');
    expect(redact('0123456789abcdefghijklmnop')).toBe(redactedMark);
  });

  test('is idempotent, and leaves other text alone', () => {
    registerSecret(secret);
    fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...encodingsOf(secret)))), (parts) => {
      const once = redact(parts.join('|'));
      expect(redact(once)).toBe(once);
    }));
    fc.assert(fc.property(fc.string(), (other) => {
      expect(redact(other)).toBe(other);
    }));
  });

  test('of a stream lets no form through, however it is cut', async () => {
    registerSecret(secret);
    registerSecret(token);
    const piece = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...encodingsOf(secret), token, secret.slice(0, 20), 'é€😀'));
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 8 }), async (pieces, cuts) => {
      const whole = pieces.join('');
      const out = await throughStream(cut(Buffer.from(whole), cuts));
      for (const form of [...encodingsOf(secret), token]) expect(out).not.toContain(form);
      expect(out).toBe(redact(whole));
    }), { numRuns: 2000 });
  });

  test('of a stream shows a line when it is written', async () => {
    registerSecret(secret);
    const stream = redactingStream();
    const seen = new Promise<string>((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    stream.write(Buffer.from('a line\n'));
    expect(await seen).toBe('a line\n');
    stream.end();
  });
});

test('a secret with which a longer one begins is not cut out of that, wherever the chunks end', async () => {
  forgetSecrets();
  const short = 'abcdefGHIJKLMNOP';
  const long = `${short}QRSTUVWXYZ0123`;
  registerSecret(short);
  registerSecret(long);
  const whole = `before ${long} between ${short} after`;
  for (let at = 1; at < whole.length; at++) {
    expect(await text(Readable.from([whole.slice(0, at), whole.slice(at)].map((part) => Buffer.from(part))).pipe(redactingStream()))).toBe(redact(whole));
  }
});
