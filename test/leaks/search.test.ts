import { accessKeyId, mfaCode, ofLogin, oidcToken, secretAccessKey, sessionToken, type Canary } from './canaries';
import { search } from './search';
import { transformNames } from './transforms';

// Each kind of canary, in each transform, in each way that a text is divided: what is planted is found, so that what is not found is not there.

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const token = oidcToken(`eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3gifQ.${sessionToken().value.replaceAll(/\W/g, '')}`);
const canaries: readonly Canary[] = [accessKeyId('AKIA'), accessKeyId('ASIA'), secretAccessKey(), sessionToken(), token, mfaCode(), ofLogin(`device-code-${uuid}`), ofLogin(`client-secret-${uuid}`)];

function transformsFound(text: string | Buffer, ...looked: readonly Canary[]): string[] {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  return search([{ channel: 'standard output', place: 'x', bytes }], looked).map(({ transform }) => transform);
}

/** How a program may write each. Base64 stands at each of its three alignments. */
const written: Readonly<Record<string, (value: string, told: number) => readonly string[]>> = {
  raw: (value) => [`key=${value};`],
  'URL-encoded': (value) => [`?key=${encodeURIComponent(value)}&`, new URLSearchParams({ key: value }).toString()],
  'JSON-escaped': (value) => [JSON.stringify({ key: value }), JSON.stringify({ key: value }).replaceAll('/', String.raw`\/`)],
  hex: (value) => [` ${Buffer.from(value).toString('hex')} `, ` ${Buffer.from(value).toString('hex').toUpperCase()} `],
  base64: (value) => ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${value}b`).toString('base64')),
  base64url: (value) => ['', 'a', 'ab'].map((before) => Buffer.from(`${before}${value}b`).toString('base64url')),
  'UTF-16': (value) => [Buffer.from(value, 'utf16le').toString('latin1')],
  'first 8': (value, told) => [`${value.slice(told, told + 8)}…`],
  'last 8': (value) => [`…${value.slice(-8)}`],
};

/** Lines and colours in the midst of a text, wherever it is cut into chunks. What a backslash begins stays together. */
const divided: Readonly<Record<string, (text: string) => string>> = {
  'in one piece': (text) => text,
  'over lines': (text) => text.replaceAll(/(?:\\.|.){6}/g, '$&\r\n'),
  'over indented lines': (text) => text.replaceAll(/(?:\\.|.){6}/g, '$&\n    '),
  'over lines of JSON': (text) => text.replaceAll(/(?:\\.|.){6}/g, String.raw`$&\n  `),
  'between colours': (text) => text.replaceAll(/.{2}/g, '\u001B[1;31m$&\u001B[0m'),
};

test('every transform is planted below', () => {
  expect(Object.keys(written)).toEqual(transformNames);
});

describe.each(Object.keys(written))('%s', (transform) => {
  // A code of six digits is one only where it stands alone: in base64 something stands beside it, and a part of it tells nothing.
  const looked = canaries.filter(({ name }) => name !== 'MFA code' || !/base64|8/.test(transform));
  test.each(Object.keys(divided))('is found %s', (how) => {
    for (const canary of looked) {
      const texts = written[transform]?.(canary.value, canary.told ?? 0) ?? [];
      const found = texts.filter((text) => transformsFound(Buffer.from(divided[how]?.(text) ?? '', transform === 'UTF-16' ? 'latin1' : 'utf8'), canary).includes(transform));
      expect([canary.name, found.length]).toEqual([canary.name, texts.length]);
    }
  });
});

test('finds a code of six digits where it stands alone, and not in another number', () => {
  const code: Canary = { name: 'MFA code', value: '482913' };
  expect(transformsFound('code 482913\n', code)).toContain('raw');
  expect(transformsFound('1482913 482913.5 a482913 12:482913', code)).toEqual([]);
});

test('does not take what may be shown for the secret: the ends of an id, and what a token says', () => {
  const id = accessKeyId('AKIA');
  expect(transformsFound(`${id.value.slice(0, 4)}…${id.value.slice(-4)}`, id)).toEqual([]);
  expect(transformsFound(token.value.slice(0, token.told), token)).toEqual([]);
});

test('nothing is found where nothing is', () => {
  expect(transformsFound('nothing'.repeat(1000), ...canaries)).toEqual([]);
});
