import * as fc from 'fast-check';
import { parseIni } from '../../scripts/credentials/profiles/ini';
import { setSectionValues } from '../../scripts/keep/profile-lines';

const keys = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'] as const;

/** Section → key → last value: what a plain reader sees. */
function read(text: string): Record<string, Record<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  for (const { name, properties } of parseIni(text)) {
    const section = sections.get(name) ?? new Map<string, string>();
    for (const { key, value } of properties) section.set(key, value);
    sections.set(name, section);
  }
  return Object.fromEntries([...sections].map(([name, values]) => [name, Object.fromEntries(values)]));
}

const line = fc.oneof(
  fc.constantFrom('', '# a comment', '; another', '[dev]', '[default]', '[other]', 'region = eu-west-1', 's3 =', '  endpoint_url = http://127.0.0.1', 'output=json'),
  fc.tuple(fc.constantFrom(...keys), fc.constantFrom('=old', ' = old ; note')).map((parts) => parts.join('')),
);
const file = fc.tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, closed]) => lines.join(end) + (closed && lines.length > 0 ? end : ''));
const value = fc.string({ unit: fc.constantFrom(...'ABCxyz019/+='.split('')), minLength: 1, maxLength: 50 });
const values = fc.record({ aws_access_key_id: value, aws_secret_access_key: value, aws_session_token: fc.option(value) });

const edit = (set: Readonly<Record<string, string | null>>): Parameters<typeof setSectionValues>[1] =>
  ({ isSection: ({ name }) => name === 'dev', header: 'dev', values: set });

test('a plain reader finds the keys in the profile, and every other value as before', () => {
  fc.assert(fc.property(file, values, (text, set) => {
    const { dev: before = {}, ...othersBefore } = read(text);
    const { dev: after = {}, ...othersAfter } = read(setSectionValues(text, edit(set)));
    expect(othersAfter).toEqual(othersBefore);
    const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !keys.some((own) => own === key)));
    const wanted = Object.fromEntries(Object.entries(set).filter((entry) => entry[1] !== null));
    expect(after).toEqual({ ...kept, ...wanted });
  }), { numRuns: 10_000 });
});

/** The lines that belong neither to the profile's header nor to keys. */
function foreign(text: string): string[] {
  return text.split(/\r?\n/).filter((one) => one !== '' && one !== '[dev]' && !one.startsWith('aws_'));
}

test('comments and lines of others are kept in their order', () => {
  fc.assert(fc.property(file, values, (text, set) => {
    expect(foreign(setSectionValues(text, edit(set)))).toEqual(foreign(text));
  }));
});

test('a stale token goes, and a missing section comes last', () => {
  expect(setSectionValues('[dev]\naws_session_token=stale\n# mine\n', edit({ aws_access_key_id: 'a', aws_session_token: null }))).toBe('[dev]\naws_access_key_id = a\n# mine\n');
  expect(setSectionValues('[other]\r\nregion = x', edit({ region: 'y' }))).toBe('[other]\r\nregion = x\r\n\r\n[dev]\r\nregion = y\r\n');
});

test('what stands below a key that goes is not read as part of the setting above it', () => {
  const text = '[dev]\ns3 =\naws_session_token=stale\n  endpoint_url = http://127.0.0.1\n';
  expect(setSectionValues(text, edit({ aws_access_key_id: 'a', aws_session_token: null }))).toBe('[dev]\naws_access_key_id = a\ns3 =\naws_access_key_id = a\n  endpoint_url = http://127.0.0.1\n');
});
