import { fromIni } from '@aws-sdk/credential-provider-ini';
import * as fc from 'fast-check';
import { readAwsFiles } from '../../scripts/credentials/aws-files';
import { parseIni } from '../../scripts/credentials/ini';
import { makePlace, type Place } from './place';

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
  }), { numRuns: 1500 });
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
  }));
});
