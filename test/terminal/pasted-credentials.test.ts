import * as fc from 'fast-check';
import { bareValue, parsePasted } from '../../scripts/terminal/pasted-credentials';

interface Keys {
  readonly id: string;
  readonly secret: string;
  readonly token: string;
}

type Format = (keys: Keys) => string;

const variables = ({ id, secret, token }: Keys): [string, string][] => [['AWS_ACCESS_KEY_ID', id], ['AWS_SECRET_ACCESS_KEY', secret], ['AWS_SESSION_TOKEN', token]];
const lines = (line: (name: string, value: string) => string): Format => (keys) => variables(keys).map(([name, value]) => line(name, value)).join('\n');
const json = ({ id, secret, token }: Keys): object => ({ AccessKeyId: id, SecretAccessKey: secret, SessionToken: token, Expiration: '2026-11-24T22:00:00Z' });

const formats: Readonly<Record<string, Format>> = {
  'export with quotes': lines((name, value) => `export ${name}="${value}"`),
  'export without quotes': lines((name, value) => `export ${name}=${value}`),
  'export with semicolons': lines((name, value) => `export ${name}='${value}';`),
  'export in one line': (keys) => `export ${variables(keys).map(([name, value]) => `${name}=${value}`).join(' ')}`,
  'set of cmd': lines((name, value) => `set ${name}=${value}`),
  'set of cmd in quotes': lines((name, value) => `set "${name}=${value}"`),
  setx: lines((name, value) => `setx ${name} ${value}`),
  fish: lines((name, value) => `set -gx ${name} ${value}`),
  PowerShell: lines((name, value) => `$Env:${name}="${value}"`),
  '.env': lines((name, value) => `${name}=${value}`),
  'a profile': (keys) => `[default]\n${lines((name, value) => `${name.toLowerCase()} = ${value}`)(keys)}`,
  'JSON of aws sts assume-role': (keys) => JSON.stringify({ Credentials: json(keys), AssumedRoleUser: { AssumedRoleId: 'AROA:me', Arn: 'arn:aws:sts::1:assumed-role/a/me' } }, null, 4),
  'JSON of aws configure export-credentials': (keys) => JSON.stringify({ Version: 1, ...json(keys) }),
  'JSON of aws sso get-role-credentials': ({ id, secret, token }) => JSON.stringify({ roleCredentials: { accessKeyId: id, secretAccessKey: secret, sessionToken: token, expiration: 1_795_557_600_000 } }),
  'lines cut out of JSON': (keys) => JSON.stringify(json(keys), null, 2).slice(2, -2),
  CSV: ({ id, secret, token }) => `\uFEFFAccess key ID,Secret access key,Session token\n${id},${secret},${token}`,
  'words of the console': ({ id, secret, token }) => `Access key ID: ${id}\nSecret access key: ${secret}\nSession token: ${token}`,
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const base64 = `${letters}abcdefghijklmnopqrstuvwxyz0123456789+/`;
const of = (characters: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...characters.split('')), minLength, maxLength });
const keys = fc.record({
  id: of(`${letters}234567`, 16).map((rest) => `ASIA${rest}`),
  secret: of(base64, 40),
  token: fc.tuple(of(base64, 100, 400), fc.constantFrom('', '=', '==')).map((parts) => parts.join('')),
});

function keysIn(text: string): Readonly<Record<string, string | undefined>> {
  const { accessKeyId, secretAccessKey, sessionToken } = parsePasted(text)?.values ?? {};
  return { accessKeyId, secretAccessKey, sessionToken };
}

test.each(Object.entries(formats))('%s', (_, format) => {
  fc.assert(fc.property(keys, fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom('', '\n', ' \n\n'), (given, lineEnd, tail) => {
    const text = `${format(given)}${tail}`.replaceAll('\n', lineEnd);
    expect(keysIn(text)).toEqual({ accessKeyId: given.id, secretAccessKey: given.secret, sessionToken: given.token });
  }));
});

test('two lines, and two cells, are a pair in either order', () => {
  fc.assert(fc.property(keys, fc.boolean(), fc.constantFrom('\n', '\t', ',', ' '), ({ id, secret }, turned, between) => {
    expect(parsePasted((turned ? [secret, id] : [id, secret]).join(between))?.values).toEqual({ accessKeyId: id, secretAccessKey: secret });
  }));
});

test('a secret that came with another line is not taken for an id, which would be sent', () => {
  fc.assert(fc.property(keys, ({ secret }) => {
    expect(parsePasted(`${secret}\nother\n`)).toBeNull();
  }));
});

test('id and secret that stand for each other are put right, and that is said', () => {
  fc.assert(fc.property(keys, ({ id, secret }) => {
    expect(parsePasted(`export AWS_ACCESS_KEY_ID=${secret}\nexport AWS_SECRET_ACCESS_KEY=${id}`)).toEqual({ values: { accessKeyId: id, secretAccessKey: secret }, swapped: true });
  }));
});

test('a value alone is no block, and is found in its quotes', () => {
  fc.assert(fc.property(keys, fc.constantFrom('"', "'", ''), ({ id, secret, token }, quote) => {
    for (const value of [id, secret, token]) {
      expect(parsePasted(`${quote}${value}${quote}\n`)).toBeNull();
      expect(bareValue(` ${quote}${value}${quote} \r\n`)).toBe(value);
    }
  }));
});

test('nothing makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(() => parsePasted(text)).not.toThrow();
  }));
});

test('region and expiration come along', () => {
  expect(parsePasted('AWS_ACCESS_KEY_ID=a\nAWS_DEFAULT_REGION=eu-west-1\nAWS_CREDENTIAL_EXPIRATION=2026-11-24T22:00:00+00:00')?.values)
    .toEqual({ accessKeyId: 'a', region: 'eu-west-1', expiration: new Date('2026-11-24T22:00:00Z') });
});

test('the placeholders of the guide are no values', () => {
  expect(parsePasted('export AWS_ACCESS_KEY_ID="..."')).toBeNull();
});
