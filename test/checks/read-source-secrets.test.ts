import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSourceSecrets } from '../../scripts/checks/read-source-secrets';
import { largestSource } from '../../scripts/checks/search-files';
import type { SourceScan } from '../../scripts/checks/source-secrets';
import type { Credentials } from '../../scripts/credentials/source';

// Put together here, so that the repository holds nothing that is shaped like a key pair.
const id = ['AKIA', 'QZ7WX3LMNPRT', '5YKD'].join('');
const secret = ['wJ9kq/Zt3Xb+', 'Lm2RvYc8HdNf', '5GpSx1Ea7Uo4', 'TiQz'].join('');
const pair = `id = ${id}\nsecret = ${secret}\n`;
const inUse: Credentials = { accessKeyId: 'ASIAINUSE', secretAccessKey: ['Zq8jw/Tz4Yc+', 'Mn3SwXd9IeOg', '6HqTy2Fb8Vp5', 'UjRa'].join('') };

let folder: string;
let project: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'takeoff-source-')));
  project = join(folder, 'project');
  mkdirSync(project);
  git('init', '-q');
});
afterEach(() => { rmSync(folder, { recursive: true }); });

const environment = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: folder });

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: project, env: environment(), stdio: 'ignore' });
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content);
}

const scan = (credentials: Credentials | null = null, surroundings = environment()): Promise<SourceScan> =>
  readSourceSecrets({ projectDirectory: project, environment: surroundings, cache: join(folder, 'cache'), credentials: Promise.resolve(credentials) });

/** Each finding as `path:line rule`. */
async function found(credentials: Credentials | null = null): Promise<string[]> {
  const result = await scan(credentials);
  return result.kind === 'scanned' ? result.findings.map(({ path, line, rule }) => `${path}:${line} ${rule}`) : [result.why];
}

test('tracked and staged files are searched, others are not', async () => {
  write('src/keys.ts', `\n\n${pair}`);
  write('untracked.ts', pair);
  git('add', 'src');
  expect(await found()).toEqual(['src/keys.ts:3 aws-key-pair']);
});

test('what is staged and was taken out of the file since is still found, and so is what was put in since', async () => {
  write('a.ts', pair);
  write('b.ts', 'clean\n');
  git('add', '.');
  write('a.ts', 'clean\n');
  write('b.ts', `\n${pair}`);
  expect(await found()).toEqual(['b.ts:2 aws-key-pair', 'a.ts:1 aws-key-pair']);
});

test('a file whose name is not UTF-8 is searched', async () => {
  if (process.platform === 'darwin') return; // its file systems have no such names
  writeFileSync(Buffer.from(`${project}/na\u00efve.ts`, 'latin1'), `\n${pair}`);
  git('add', '.');
  expect(await found()).toEqual(['na\uFFFDve.ts:2 aws-key-pair']);
});

test('what is both staged and in the file is told once; a file that was deleted is what is staged of it', async () => {
  write('a.ts', pair);
  write('gone.ts', `\n${pair}`);
  git('add', '.');
  write('a.ts', `more\n${pair}`);
  rmSync(join(project, 'gone.ts'));
  expect((await found()).toSorted()).toEqual(['a.ts:2 aws-key-pair', 'gone.ts:2 aws-key-pair']);
});

test('the fingerprint tells one key from another, stays with it, and is not made of it', async () => {
  write('a.ts', pair);
  write('b.ts', `\n\n${pair}`);
  write('c.ts', `id ${id}`);
  git('add', '.');
  const result = await scan();
  const prints = result.kind === 'scanned' ? result.findings.map(({ fingerprint }) => fingerprint) : [];
  expect(prints).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), prints[0], expect.not.stringMatching(prints[0] ?? '')]);
  expect(JSON.stringify(result)).not.toMatch(new RegExp([id.slice(0, 8), secret.slice(0, 8)].join('|')));
});

test('the credential in use is found in each encoding, also in what was clean before', async () => {
  write('a.txt', `x\n${Buffer.from(`key:${inUse.secretAccessKey}`).toString('base64')}\n`);
  write('b.txt', `${inUse.secretAccessKey.slice(0, 20)}\n${inUse.secretAccessKey.slice(20)}\n`);
  git('add', '.');
  expect(await found()).toEqual([]);
  expect(await found(inUse)).toEqual(['a.txt:2 credential-in-use', 'b.txt:1 credential-in-use']);
  expect(await found()).toEqual([]);
});

test('binary files are passed over; what is too large is said; links are not followed', async () => {
  writeFileSync(join(folder, 'outside'), pair);
  symlinkSync('../outside', join(project, 'link'));
  write('image.bin', Buffer.concat([Buffer.alloc(10), Buffer.from(pair)]));
  write('large.txt', Buffer.alloc(largestSource + 1, 'x\n'));
  git('add', '.');
  expect(await scan()).toEqual({ kind: 'scanned', files: 2, findings: [], notSearched: ['large.txt'] });
  write('large.txt', Buffer.alloc(largestSource + 2, 'y\n'));
  expect(await scan()).toMatchObject({ notSearched: ['large.txt'] });
});

test('a project below the top of its repository is searched alone', async () => {
  write('app/a.ts', pair);
  write('other/b.ts', pair);
  git('add', '.');
  project = join(project, 'app');
  expect(await found()).toEqual(['a.ts:1 aws-key-pair']);
});

test('what was clean is not read again, and what changed is, though its time and size did not', async () => {
  write('a.ts', 'x'.repeat(pair.length));
  write('b.ts', 'clean\n');
  git('add', '.');
  expect(await found()).toEqual([]);
  const cache = join(folder, 'cache/source-secrets.txt');
  const { ino } = statSync(cache);
  expect(readFileSync(cache, 'latin1')).toMatch(/^2 none\n[0-9a-f]{40}\n[0-9a-f]{40}\n$/);
  expect(await found()).toEqual([]);
  expect(statSync(cache).ino).toBe(ino); // nothing was found anew, and so nothing written
  const { mtime } = statSync(join(project, 'a.ts'));
  git('rm', '-q', '--cached', 'a.ts');
  write('a.ts', pair);
  utimesSync(join(project, 'a.ts'), mtime, mtime);
  git('add', 'a.ts');
  expect(await found()).toEqual(['a.ts:1 aws-key-pair']);
  expect(await found()).toEqual(['a.ts:1 aws-key-pair']);
});

test('a cache that cannot be written, or is no cache, changes nothing', async () => {
  write('a.ts', pair);
  write('b.ts', 'clean');
  git('add', '.');
  writeFileSync(join(folder, 'cache'), 'a file');
  expect(await found()).toEqual(['a.ts:1 aws-key-pair']);
  rmSync(join(folder, 'cache'));
  mkdirSync(join(folder, 'cache'));
  writeFileSync(join(folder, 'cache/source-secrets.txt'), `0 none\n${'0'.repeat(40)}\n`);
  expect(await found()).toEqual(['a.ts:1 aws-key-pair']);
});

test('without git, without a repository, and with one that git cannot read it is said why', async () => {
  expect(await scan(null, { PATH: '/nowhere', HOME: folder })).toEqual({ kind: 'not-scanned', why: 'git is not installed, so that what is committed is not known' });
  rmSync(join(project, '.git/HEAD'));
  expect(await scan()).toMatchObject({ kind: 'not-scanned', why: expect.stringContaining('git could not read the repository') as string });
  rmSync(join(project, '.git'), { recursive: true });
  expect(await scan()).toMatchObject({ kind: 'not-scanned', why: expect.stringContaining('no git repository') as string });
  expect(existsSync(join(folder, 'cache'))).toBe(false);
});
