import { createRequire } from 'node:module';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import * as fc from 'fast-check';
import { readAwsFiles } from '../../../scripts/credentials/profiles/aws-files';
import { parseIni, type IniSection } from '../../../scripts/credentials/profiles/ini';
import { makePlace, type Place } from '../place';

let place: Place;
beforeEach(() => { place = makePlace(); });
afterEach(() => { place.remove(); });

test('sections, comments, nested properties and lines', () => {
  const text = '# head\n[default]\nregion = us-west-2 ; why\n; no\n[profile "my-dev"]\r\ns3 =\r\n  endpoint_url = http://a#b\r\n  max = 1\r\noutput = json\r\n[plugins x]\nlost = 1\n[services mine]\nsts =\n  endpoint_url = http://b\n';
  expect(parseIni(text).map(({ kind, name, line, lastLine, properties }) => [kind, name, line, lastLine, properties.map((property) => [property.key, property.value, property.line])])).toEqual([
    ['plain', 'default', 2, 3, [['region', 'us-west-2', 3]]],
    ['profile', 'my-dev', 5, 9, [['s3.endpoint_url', 'http://a#b', 7], ['s3.max', '1', 8], ['output', 'json', 9]]],
    ['services', 'mine', 12, 14, [['sts.endpoint_url', 'http://b', 14]]],
  ]);
});

const line = fc.oneof(
  fc.constantFrom('[default]', '[profile a]', '[profile "a"]', '[a]', '[profile  a]', '[profile default]', '[sso-session a]', '[profile.a]', '[', '[]', '# c', '; c', '', 'k', '= v', 's3 =', '\t[a]', '[a] # c'),
  fc.tuple(
    fc.constantFrom('', '  ', '\t'),
    fc.constantFrom('aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'other'),
    fc.constantFrom('=', ' = ', '= '),
    fc.constantFrom('one', 'two', 'three=3', 'a#b', 'a # b', 'a ;b', '"q"', '', 'ü'),
  ).map((parts) => parts.join('')),
);
const file = fc.tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\r\n')).map(([lines, end]) => lines.join(end));

test('both files together are read as the SDK reads them', async () => {
  await fc.assert(fc.asyncProperty(file, file, fc.constantFrom('a', 'default'), async (config, credentials, profile) => {
    const configFilepath = place.inHome('.aws/config', config);
    const filepath = place.inHome('.aws/credentials', credentials);
    const bySdk = await fromIni({ profile, filepath, configFilepath, ignoreCache: true })().then(
      ({ accessKeyId, secretAccessKey, sessionToken }) => ({ accessKeyId, secretAccessKey, sessionToken }),
      () => null,
    );
    const properties = readAwsFiles(place.surroundings()).profiles.get(profile)?.properties;
    const [accessKeyId, secretAccessKey, sessionToken] = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'].map((key) => properties?.get(key));
    expect(accessKeyId === undefined || secretAccessKey === undefined ? null : { accessKeyId, secretAccessKey, sessionToken }).toEqual(bySdk);
  }), { numRuns: 2_000 }); // each writes two files
});

interface SdkParser {
  loadSharedConfigFiles(init: { readonly filepath: string; readonly configFilepath: string; readonly ignoreCache: boolean }): Promise<Readonly<Record<'configFile' | 'credentialsFile', Readonly<Record<string, Readonly<Record<string, string>>>>>>>;
  readonly externalDataInterceptor: { interceptFile(path: string, text: string): void };
}

/** The parser that the SDK's provider has. It is no dependency of ours. */
const sdk = createRequire(require.resolve('@aws-sdk/credential-provider-ini'))('@smithy/core/config') as SdkParser;

/** Sections without properties are none to the SDK. */
function bySection(sections: readonly IniSection[]): Record<string, Record<string, string>> {
  const all: Record<string, Record<string, string>> = {};
  for (const { kind, name, properties } of sections) {
    const section = (all[kind === 'plain' ? name : `${kind}.${name}`] ??= {});
    for (const { key, value } of properties) section[key] = value;
  }
  return Object.fromEntries(Object.entries(all).filter(([, section]) => Object.keys(section).length > 0));
}

const word = fc.stringMatching(/^[A-Za-z0-9_@+.%:/-]{1,12}$/).filter((text) => !(text in {}));
const blank = fc.constantFrom('', ' ', '\t', '   ');
const comment = fc.constantFrom('', ' # why', '\t; why', ' ;', '#no', ';no');
const header = fc.tuple(fc.constantFrom('', 'profile ', 'sso-session ', 'services ', 'profile  ', 'profile.', 'plugins ', 'role '), fc.constantFrom('', '"', "'"), word, comment, blank)
  .map(([kind, quote, name, remark, before]) => `${before}[${kind}${quote}${name}${quote}]${remark}`);
const value = fc.oneof(word, fc.constantFrom('', 'two words', 'a=b', 'a#b', 'a ; b', '"quoted"', 'ünï', '[x]', '\u00a0x\u00a0', 'a\tb'), fc.string({ maxLength: 6 }).filter((text) => !/[\r\n]/.test(text)));
const property = fc.tuple(blank, word, blank, blank, value, comment).map(([before, key, left, right, said, remark]) => `${before}${key}${left}=${right}${said}${remark}`);
const anyFile = fc.tuple(fc.array(fc.oneof({ weight: 2, arbitrary: header }, { weight: 5, arbitrary: property }, fc.constantFrom('', '# c', '; c', '  ', 'no equals sign', '= v', '[open', 'close]', '[]')), { maxLength: 16 }), fc.constantFrom('\n', '\r\n'))
  .map(([lines, end]) => lines.join(end));

test('every file is read as the SDK reads it, each section and property', async () => {
  await fc.assert(fc.asyncProperty(anyFile, async (text) => {
    sdk.externalDataInterceptor.interceptFile('/the/file', text);
    const { credentialsFile } = await sdk.loadSharedConfigFiles({ filepath: '/the/file', configFilepath: '/none', ignoreCache: false });
    expect(bySection(parseIni(text))).toEqual({ ...credentialsFile });
  }), { numRuns: 10_000 });
});

test('no text breaks it, and no name in it reaches an object', () => {
  fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('[__proto__]', '[constructor]', 'polluted = yes', '__proto__ =', ' polluted = yes'))), (lines) => {
    const count = lines.join('\n').split('\n').length;
    for (const section of parseIni(lines.join('\n'))) {
      expect(section.line).toBeLessThanOrEqual(section.lastLine);
      expect(section.lastLine).toBeLessThanOrEqual(count);
    }
    expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
    expect(typeof Object.keys).toBe('function');
  }), { numRuns: 10_000 });
});
