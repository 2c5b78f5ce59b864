import { oidcToken, secretAccessKey, sessionToken, type Canary } from './canaries';
import { search } from './search';
import { needlesOf, transformNames } from './transforms';

const canary = secretAccessKey();

function transformsFound(text: string | Buffer, ...canaries: readonly Canary[]): string[] {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  return search([{ channel: 'standard output', place: 'x', bytes }], canaries).map(({ transform }) => transform);
}

test.each<[string, (value: string) => string]>([
  ['raw', (value) => `key=${value};`],
  ['URL-encoded', (value) => `?key=${encodeURIComponent(value)}&`],
  ['JSON-escaped', (value) => `{"key":"${value.replaceAll('/', String.raw`\/`)}"}`],
  ['hex', (value) => Buffer.from(`a${value}b`).toString('hex')],
  ['base64', (value) => Buffer.from(`a${value}b`).toString('base64')],
  ['base64', (value) => Buffer.from(`ab${value}b`).toString('base64')],
  ['base64', (value) => Buffer.from(`${value}b`).toString('base64')],
  ['base64url', (value) => Buffer.from(`a${value}b`).toString('base64url')],
  ['first 8', (value) => `${value.slice(0, 8)}…`],
  ['last 8', (value) => `…${value.slice(-8)}`],
])('finds it %s', (transform, write) => {
  expect(transformsFound(write(canary.value), canary)).toContain(transform);
});

test('finds it in UTF-16, as Windows and heaps have it', () => {
  expect(transformsFound(Buffer.from(canary.value, 'utf16le'), canary)).toEqual(['UTF-16']);
});

test.each([
  ['lines', (value: string) => value.replaceAll(/.{7}/g, '$&\r\n')],
  ['indented lines', (value: string) => value.replaceAll(/.{7}/g, '$&\n    ')],
  ['lines in JSON', (value: string) => JSON.stringify({ text: value.replaceAll(/.{7}/g, '$&\n  ') })],
  ['colours', (value: string) => value.replaceAll(/.{3}/g, '\u001B[1;31m$&\u001B[0m')],
])('finds it split by %s', (_, write) => {
  expect(transformsFound(write(canary.value), canary)).toContain('raw');
});

test('finds a code of six digits where it stands alone, and not in another number', () => {
  const code: Canary = { name: 'MFA code', value: '482913' };
  expect(transformsFound('code 482913\n', code)).toContain('raw');
  expect(transformsFound('1482913 482913.5 a482913 12:482913', code)).toEqual([]);
});

test('does not take the header of a token, which all have, for the token', () => {
  expect(transformsFound('eyJhbGciOiJSUzI1NiJ9', oidcToken(`eyJhbGciOiJSUzI1NiJ9.${'x'.repeat(400)}`))).toEqual([]);
});

test('every transform looks for something, and nothing is found where nothing is', () => {
  const canaries = [canary, sessionToken()];
  expect(new Set(needlesOf(canaries).map(({ transform }) => transform))).toEqual(new Set(transformNames));
  expect(transformsFound('nothing'.repeat(1000), ...canaries)).toEqual([]);
});
