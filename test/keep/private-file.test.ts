import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editPrivateFile, readPrivateFile, writePrivateFile } from '../../scripts/keep/private-file';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'takeoff-keep-'));
  path = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

test.each([0o000, 0o022, 0o077, 0o177])('mode 0600 with umask %o', async (mask) => {
  const before = process.umask(mask);
  try {
    await writePrivateFile(path, 'x');
  } finally {
    process.umask(before);
  }
  expect(modeOf(path)).toBe(0o600);
});

test('a path with a space is one word of each command that is shown', async () => {
  const spaced = join(folder, 'My Files', 'credentials');
  mkdirSync(join(folder, 'My Files'));
  writeFileSync(spaced, '');
  linkSync(spaced, join(folder, 'other'));
  await expect(readPrivateFile(spaced)).rejects.toMatchObject({ fix: `Look at it: ls -li '${spaced}'\nThen put a copy in its place: cp -p '${spaced}' '${spaced}.new' && mv '${spaced}.new' '${spaced}'` });
  execFileSync('sh', ['-c', `cp -p '${spaced}' '${spaced}.new' && mv '${spaced}.new' '${spaced}'`]);
  expect(await readPrivateFile(spaced)).toBe('');
  chmodSync(join(folder, 'My Files'), 0o777);
  await expect(readPrivateFile(spaced)).rejects.toMatchObject({ fix: expect.stringContaining(`chmod go-w '${join(folder, 'My Files')}'`) as string });
});

test('a looser mode is tightened, and only the new file is left', async () => {
  writeFileSync(path, 'old');
  chmodSync(path, 0o666);
  await writePrivateFile(path, 'new');
  expect([modeOf(path), readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual([0o600, 'new', ['file']]);
});

test('bytes that are no UTF-8 survive', async () => {
  writeFileSync(path, Buffer.from([0xff, 0x00, 0xc3, 0xa9, 0x0a]));
  await writePrivateFile(path, `${(await readPrivateFile(path)) ?? ''}A`);
  expect(readFileSync(path)).toEqual(Buffer.from([0xff, 0x00, 0xc3, 0xa9, 0x0a, 0x41]));
});

test('a folder that lacks is made for its owner alone', async () => {
  await writePrivateFile(join(folder, '.aws', 'credentials'), 'x');
  expect(modeOf(join(folder, '.aws'))).toBe(0o700);
});

describe('refused, and left as it was', () => {
  test('a symbolic link, also one that points nowhere', async () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'theirs');
    symlinkSync(target, path);
    await expect(readPrivateFile(path)).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('symbolic link') as string });
    await expect(writePrivateFile(path, 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
    expect([readFileSync(target, 'utf8'), readlinkSync(path)]).toEqual(['theirs', target]);
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    await expect(writePrivateFile(join(folder, 'dangling'), 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
    expect(readdirSync(folder).toSorted()).toEqual(['dangling', 'file', 'target']);
  });

  test('a hard link', async () => {
    writeFileSync(join(folder, 'other'), 'theirs');
    linkSync(join(folder, 'other'), path);
    await expect(writePrivateFile(path, 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('hard links') as string });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  test('a FIFO, without waiting for its writer', async () => {
    execFileSync('mkfifo', [path]);
    await expect(writePrivateFile(path, 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('not a regular file') as string });
    await expect(readPrivateFile(path)).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
  });

  test('a directory', async () => {
    mkdirSync(path);
    await expect(writePrivateFile(path, 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('a folder that others can write is refused, and nothing is put into it', () => {
  test.each<[string, number]>([['by every user', 0o777], ['by every user, not readable', 0o702]])('%s', async (_, mode) => {
    const open = join(folder, 'open');
    mkdirSync(join(open, 'inner'), { recursive: true });
    chmodSync(open, mode);
    for (const place of [join(open, '.env'), join(open, 'inner', '.env')]) {
      await expect(writePrivateFile(place, 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('can be written by every user') as string, fix: expect.stringContaining(`chmod go-w ${open}`) as string });
    }
    expect(readdirSync(open, { recursive: true })).toEqual(['inner']);
  });

  test('one with the sticky bit is not: what is ours there nobody else can take away', async () => {
    chmodSync(folder, 0o1777);
    await writePrivateFile(path, 'x');
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  test('also where a link leads to it', async () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(open, join(folder, 'link'));
    await expect(writePrivateFile(join(folder, 'link', '.env'), 'x')).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE' });
    expect(readdirSync(open)).toEqual([]);
  });
});

test('what another program writes meanwhile is kept: the change is made anew', async () => {
  writeFileSync(path, 'A=1\n');
  let rounds = 0;
  await editPrivateFile(path, (text) => {
    rounds += 1;
    if (rounds < 3) writeFileSync(path, `${text}B=${rounds}\n`);
    return `${text}C=1\n`;
  });
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['A=1\nB=1\nB=2\nC=1\n', ['file']]);
});

test('where it does so all the time its file stays', async () => {
  writeFileSync(path, '');
  await expect(editPrivateFile(path, (text) => {
    writeFileSync(path, `${text}x`);
    return 'ours';
  })).rejects.toMatchObject({ code: 'BAD_CONFIG_FILE', message: expect.stringContaining('another program') as string });
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['xxxxx', ['file']]);
});

test('a change that throws leaves the file as it was', async () => {
  writeFileSync(path, 'old');
  await expect(editPrivateFile(path, () => { throw new Error('no'); })).rejects.toThrow('no');
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['old', ['file']]);
});
