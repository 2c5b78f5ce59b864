import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputsFile } from '../../scripts/flow/outputs';
import type { Run } from '../../scripts/flow/run';
import { runFor } from './run-for-test';

let folder: string;
const runs: Run[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
  mkdirSync(join(folder, '.takeoff'));
});

afterEach(() => {
  for (const run of runs.splice(0)) run.interruption.stop();
  rmSync(folder, { recursive: true });
});

function outputs(argv: readonly string[]): ReturnType<typeof outputsFile> {
  const run = runFor('deploy', argv, folder);
  runs.push(run);
  return outputsFile(run);
}

const written = JSON.stringify({ Notes: { ApiUrl: 'http://127.0.0.1:1/' } });

test('where the person names no file one of ours is used, and removed', () => {
  const file = outputs(['--hotswap']);
  const [first, option, path = ''] = file.args;
  expect([first, option]).toEqual(['--hotswap', '--outputs-file']);
  expect(path.startsWith(join(folder, '.takeoff'))).toBe(true);
  writeFileSync(path, written);
  expect(file.read()).toEqual([{ name: 'Notes', outputs: { ApiUrl: 'http://127.0.0.1:1/' } }]);
  expect(existsSync(path)).toBe(false);
});

test.each([['--outputs-file', 'out.json'], ['--outputs-file=out.json'], ['--outputsFile', 'out.json'], ['-O', 'out.json']])('%s is the person\'s file, and stays', (...argv) => {
  const file = outputs(argv);
  expect(file.args).toEqual(argv);
  writeFileSync(join(folder, 'out.json'), written);
  expect(file.read()).toHaveLength(1);
  expect(existsSync(join(folder, 'out.json'))).toBe(true);
});

test.each([null, '', 'null', '{'])('%j yields none', (text) => {
  const file = outputs([]);
  if (text !== null) writeFileSync(file.args.at(-1) ?? '', text);
  expect(file.read()).toEqual([]);
});
