import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../scripts/process/lock';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lock-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('is held once, by a process that can be named, and says for what', () => {
  const lock = takeLock(join(folder, 'lock'), 'npm run deploy');
  expect(takeLock(join(folder, 'lock'), 'npm run destroy')).toEqual({ pid: process.pid, what: 'npm run deploy' });
  expect(takeLock(join(folder, 'other'), 'npm run destroy')).toHaveProperty('release');
  if ('release' in lock) lock.release();
  expect(readdirSync(folder)).toEqual(['other']);
});

test.each([
  ['a dead process', { pid: 2 ** 22 + 1, started: null }],
  ['a process that ended before its id was given again', { pid: process.pid, started: 'long ago' }],
])('is taken from %s, though another died while it did so', (_title, holder) => {
  for (const name of ['lock', 'lock.breaking']) writeFileSync(join(folder, name), JSON.stringify(holder));
  expect(takeLock(join(folder, 'lock'), 'a test')).toHaveProperty('release');
  expect(existsSync(join(folder, 'lock.breaking'))).toBe(false);
});

test('says that it cannot be read, and does not try for ever', () => {
  mkdirSync(join(folder, 'lock'));
  expect(() => takeLock(join(folder, 'lock'), 'a test')).toThrow('EISDIR');
  expect(readdirSync(folder)).toEqual(['lock']);
});

test('is never held by two processes, dead ones among them', async () => {
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: null }));
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'lock-child.ts'), folder, '50'], { env: { PATH: process.env['PATH'] ?? '' }, stdio: 'inherit' }));
  const ended = Promise.all(children.map((child) => once(child, 'exit')));
  writeFileSync(join(folder, 'go'), '');
  expect((await ended).map(([code]: unknown[]) => code)).toEqual([0, 0, 0, 0]);
  const lines = readFileSync(join(folder, 'holders'), 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(4 * 50 * 2);
  // Whoever takes it leaves it before anyone else has it.
  for (let index = 0; index < lines.length; index += 2) expect(lines[index + 1]).toBe(lines[index]?.replace('took', 'left'));
});
