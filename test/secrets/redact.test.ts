import * as fc from 'fast-check';
import { encodingsOf } from '../../scripts/secrets/encodings';
import { redact, redactedMark } from '../../scripts/secrets/redact';
import { forgetSecrets, registerCredentials, registeredCount, registerSecret } from '../../scripts/secrets/registry';
import { canaries, canariesIn, interrupted, secret, token } from './canary';

beforeEach(() => forgetSecrets());
afterAll(() => forgetSecrets());

describe('the registry', () => {
  test('takes the secret and the token of credentials, and no short value', () => {
    registerCredentials({ secretAccessKey: secret, sessionToken: token });
    registerCredentials({ secretAccessKey: secret });
    expect(registeredCount()).toBe(2);
    for (const short of ['test', undefined, 'fifteen letters', `fifteen\n\n\nletter`]) expect(registerSecret(short)).toBe(false);
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

  test('leaves nothing of two secrets that begin alike or overlap', () => {
    registerSecret('0123456789abcdef');
    registerSecret('0123456789abcdefghijklmnop');
    registerSecret('efghijklmnopqrstuvw');
    expect(redact('0123456789abcdefghijklmnop')).toBe(redactedMark);
    expect(redact('<0123456789abcdefghijklmnopqrstuvw>')).toBe(`<${redactedMark}>`);
  });

  test.each(['n', 'r', 't'])('takes a secret that begins with %s behind a backslash, although JSON writes a line break or a tab so', (letter) => {
    registerSecret(letter + secret);
    for (const before of ['C:\\', 'C:\\\\', '\n\\', '\\n\\']) expect(redact(`${before}${letter}${secret}.`)).not.toContain(secret.slice(0, 8));
  });

  test('takes secrets that are no ASCII, and half a surrogate pair', () => {
    registerSecret('пароль-из-букв-ё');
    registerSecret('broken \uD800 surrogate');
    expect(redact('это пароль-из-букв-ё.')).toBe(`это ${redactedMark}.`);
  });

  test.each([
    ['lines', `${secret.slice(0, 20)}\n${secret.slice(20)}`, `${redactedMark}\n`],
    ['lines of few characters', secret.replace(/.{9}/g, '$&\r\n'), `${redactedMark}${'\r\n'.repeat(4)}`],
    ['base64 of 76 columns', `a ${Buffer.from(token).toString('base64').replace(/.{76}/g, '$&\n')}`, `a ${redactedMark}${'\n'.repeat(3)}0=`],
    ['lines that are indented', `  key: ${secret.replace(/.{9}/g, '$&\r\n\t    ')}`, `  key: ${redactedMark}${'\r\n'.repeat(4)}`],
    ['line breaks of JSON', JSON.stringify({ text: `a ${secret.replace(/.{9}/g, '$&\n')}` }), `{"text":"a ${redactedMark}"}`],
    ['JSON in JSON, its lines indented', JSON.stringify(JSON.stringify(`a ${secret.replace(/.{9}/g, '$&\r\n  ')}.`)), String.raw`"\"a ${redactedMark}.\""`],
    ['JSON in JSON, its lines indented by tabs', JSON.stringify(JSON.stringify(`a ${secret.replace(/.{9}/g, '$&\n\t \t')}.`)), String.raw`"\"a ${redactedMark}.\""`],
    ['colours', secret.replace(/.{5}/g, '\u001B[32m$&\u001B[0m'), `\u001B[32m${redactedMark}\u001B[0m\u001B[0m`],
    ['links', `${secret.slice(0, 9)}\u001B]8;;http://127.0.0.1/\u001B\\${secret.slice(9)}`, `${redactedMark}\u001B[0m`],
    ['a title, which a terminal shows elsewhere', `\u001B]0;${secret}\u0007`, `\u001B]0;${redactedMark}\u0007`],
    ['what only begins like a colour', `\u001B[${secret}`, `\u001B[${redactedMark}`],
    ['ESC alone', secret.split('').join('\u001B'), `${redactedMark}\u001B[0m`],
  ])('sees through %s', (_, shown, expected) => {
    registerSecret(secret);
    registerSecret(token);
    expect(redact(shown)).toBe(expected);
  });

  test('leaves fewer than eight characters with which a line ends, and nothing of the next', () => {
    registerSecret(secret);
    expect(redact(`${secret.slice(0, 7)}\n${secret.slice(7)}`)).toBe(`${secret.slice(0, 7)}\n${redactedMark}`);
    expect(redact(`${secret.slice(0, 8)}\n${secret.slice(8)}`)).toBe(`${redactedMark}\n`);
  });

  test('lets no form through, whatever is around it and in it, and is idempotent', () => {
    registerSecret(secret);
    registerSecret(token);
    const part = fc.oneof(fc.string(), fc.constantFrom(...canaries), fc.constantFrom(...canaries).chain(interrupted));
    expect(() => fc.assert(fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      const once = redact(parts.join('|'));
      return canariesIn(once).length === 0 && redact(once) === once;
    }), { numRuns: 10_000 })).not.toThrow();
  });

  test('leaves other text alone', () => {
    registerSecret(secret);
    registerSecret(token);
    const text = fc.array(fc.oneof(fc.string(), fc.constantFrom('\n', '\n    ', String.raw`\n`, '\\', '\u001B[31m', '\u001B[', 'é€😀', '\uD800', secret.slice(0, -1), secret.slice(1))), { maxLength: 8 });
    expect(() => fc.assert(fc.property(text, (parts) => {
      const other = parts.join('|');
      return redact(other) === other;
    }), { numRuns: 10_000 })).not.toThrow();
  });
});
