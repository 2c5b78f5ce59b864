import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvFile } from '../../scripts/checks/read-env-file';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'env-file-')); });

afterEach(() => { rmSync(folder, { recursive: true }); });

const look = () => readEnvFile({ projectDirectory: folder, environment: {} });

test('there is none', async () => {
  expect(await look()).toEqual({ git: { kind: 'no-repository' }, exists: false, mode: null, owner: 'self' });
});

test('it is looked at, and not opened', async () => {
  writeFileSync(join(folder, '.env'), 'AWS_PROFILE=dev\n', { mode: 0o200 });
  const { exists, mode } = await look();
  expect([exists, (mode ?? 0) & 0o777]).toEqual([true, 0o200]);
});

test('whose it is', async () => {
  const path = join(folder, '.env');
  writeFileSync(path, '');
  const { uid } = statSync(path);
  expect((await look()).owner).toBe('self');
  const getuid = jest.spyOn(process, 'getuid').mockReturnValue(uid + 1);
  try {
    expect((await look()).owner).toBe('other');
    if (uid === 0) chownSync(path, 1, 1);
    getuid.mockReturnValue(0);
    expect((await look()).owner).toBe('other-than-root');
  } finally {
    getuid.mockRestore();
  }
});

test('of a link the file counts that it leads to', async () => {
  mkdirSync(join(folder, 'elsewhere'));
  writeFileSync(join(folder, 'elsewhere', 'env'), '', { mode: 0o600 });
  symlinkSync(join('elsewhere', 'env'), join(folder, '.env'));
  expect(((await look()).mode ?? 0) & 0o777).toBe(0o600);
});

test('a link that leads nowhere, and a folder, are none', async () => {
  symlinkSync('nowhere', join(folder, '.env'));
  expect((await look()).exists).toBe(false);
  rmSync(join(folder, '.env'));
  mkdirSync(join(folder, '.env'));
  expect(await look()).toMatchObject({ exists: false, mode: null });
});
