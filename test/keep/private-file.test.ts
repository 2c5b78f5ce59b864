import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../scripts/keep/private-file';

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
