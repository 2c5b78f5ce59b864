import { sourceSecrets, type SourceFinding, type SourceScan } from '../../scripts/checks/source-secrets';

const pair: SourceFinding = { path: 'src/keys.ts', line: 12, rule: 'aws-key-pair', fingerprint: '0123456789abcdef' };
const id: SourceFinding = { path: 'docs/a.md', line: 1, rule: 'aws-access-key-id', fingerprint: 'fedcba9876543210' };
const used: SourceFinding = { path: 'src/keys.ts', line: 3, rule: 'credential-in-use', fingerprint: '1111111111111111' };

const scan = (...findings: SourceFinding[]): SourceScan => ({ kind: 'scanned', files: 7, findings, notSearched: [] });
const reason = 'made up';

/** With the pair allowed at `path`. */
const statusWith = (path: string, fingerprint = pair.fingerprint): string => sourceSecrets(scan(pair), [{ path, fingerprint, reason }]).status;

test('where there is nothing it passes, and says how much was searched', () => {
  expect(sourceSecrets(scan(), [])).toEqual({ id: 'source-secrets', status: 'pass', message: '7 files that git tracks, no credential in any', fix: null });
  expect(sourceSecrets({ kind: 'scanned', files: 1, findings: [], notSearched: ['big.bin'] }, [])).toMatchObject({ status: 'pass', message: 'one file that git tracks, no credential in any. Too large to be searched, or not readable: big.bin' });
});

test('without git it is skipped, with the reason', () => {
  expect(sourceSecrets({ kind: 'not-scanned', why: 'git is not installed, so that what is committed is not known' }, [])).toEqual({ id: 'source-secrets', status: 'skip', message: 'git is not installed, so that what is committed is not known', fix: null });
});

test('a credential fails, with its place and how to get rid of it', () => {
  const result = sourceSecrets(scan(id, pair), []);
  expect(result).toMatchObject({ status: 'fail', code: 'SECRET_IN_SOURCE', message: 'A credential is in what git tracks: src/keys.ts:12 (aws-key-pair, 0123456789abcdef).' });
  expect(result.fix).toMatch(/^Rotate it first.*\ngitleaks git \. [^]*add \{"path":"src\/keys\.ts","fingerprint":"0123456789abcdef","reason":"…"\} to context\.takeoff\.allowFindings in cdk\.json$/);
});

test('an id alone warns', () => {
  expect(sourceSecrets(scan(id), [])).toMatchObject({ status: 'warn', message: 'What looks like an access key id, with no secret near it, is in docs/a.md:1 (aws-access-key-id, fedcba9876543210).' });
});

test('what is allowed does not count: in its file or below its folder, by its fingerprint', () => {
  expect(['src/keys.ts', 'src/'].map((path) => statusWith(path))).toEqual(['pass', 'pass']);
  expect(['src', 'src/key', 'keys.ts', 'lib/', 'src/keys.ts/'].map((path) => statusWith(path))).toEqual(['fail', 'fail', 'fail', 'fail', 'fail']);
  expect(statusWith('src/keys.ts', id.fingerprint)).toBe('fail');
});

test('the credential in use fails, whatever is allowed', () => {
  const result = sourceSecrets(scan(used), [{ path: used.path, fingerprint: used.fingerprint, reason }]);
  expect(result).toMatchObject({ status: 'fail', code: 'SECRET_IN_SOURCE' });
  expect(result.fix).not.toContain('allowFindings');
});

test('of many a few are shown, and the rest counted', () => {
  const { message } = sourceSecrets(scan(...Array.from({ length: 8 }, (_, index) => ({ ...pair, path: `file-${index}` }))), []);
  expect(message).toMatch(/file-4:12.*; and 3 more\.$/);
});
