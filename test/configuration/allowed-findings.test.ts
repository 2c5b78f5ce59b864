import { readAllowedFindings } from '../../scripts/configuration/allowed-findings';

const entry = { path: 'test/keys.ts', fingerprint: '0123456789abcdef', reason: 'made up' };

test('each has a path, a fingerprint and a reason', () => {
  expect(readAllowedFindings([entry, { ...entry, path: 'test/' }])).toEqual([entry, { ...entry, path: 'test/' }]);
});

test.each<[unknown, RegExp, RegExp]>([
  ['test/keys.ts', /allowFindings\[0\].*is not an object/, /"fingerprint"/],
  [[entry], /is not an object/, /"path"/],
  [{ ...entry, fingerPrint: 'x' }, /has no setting "fingerPrint"/, /Did you mean "fingerprint"\?/],
  [{ ...entry, line: 1 }, /has no setting "line"/, /It has: path, fingerprint, reason/],
  [{ path: entry.path, fingerprint: entry.fingerprint }, /has no "reason"/, /says why/],
  [{ ...entry, reason: ' ' }, /"reason".*wrong value/, /says why/],
  [{ ...entry, fingerprint: 'ABCD' }, /"fingerprint".*wrong value/, /sixteen digits/],
  [{ ...entry, path: '/etc/passwd' }, /"path".*wrong value/, /from the folder of cdk\.json/],
  [{ ...entry, path: '../other/a' }, /"path".*wrong value/, /from the folder of cdk\.json/],
  [{ ...entry, path: '' }, /"path".*wrong value/, /from the folder of cdk\.json/],
])('%j is refused', (value, message, fix) => {
  expect(() => readAllowedFindings([value])).toThrow(expect.objectContaining({ code: 'USAGE', message: expect.stringMatching(message) as string, fix: expect.stringMatching(fix) as string }) as Error);
});
